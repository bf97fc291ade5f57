/**
 * One errand to the database for many callers: those of one queue that come while another is under way share the next one. To
 * write to the database and to be woken by it costs more than all else in a small statement. None is answered by an errand
 * that began before it asked, and who is alone waits for nobody.
 */
import { databaseFault } from './database.ts'

interface Waiting<Asked, Answer> {
  asked: Asked
  resolve(answer: Answer): void
  reject(fault: unknown): void
}

/** `ask` answers in the order of what is asked, of at most `most` at once. Its fault is everybody's. */
export function shared<Asked, Answer>(
  most: number,
  ask: (queue: string, asked: readonly Asked[]) => Promise<readonly Answer[]>,
): (queue: string, asked: Asked) => Promise<Answer> {
  /** An entry that is there means that an errand of this queue is under way, or about to be. */
  const queues = new Map<string, Waiting<Asked, Answer>[]>()

  const next = (queue: string): void => {
    const taken = queues.get(queue)?.splice(0, most) ?? []
    if (taken.length === 0) return void queues.delete(queue)
    ask(
      queue,
      taken.map((one) => one.asked),
    )
      .then((answers) => {
        for (const [at, { resolve }] of taken.entries()) resolve(answers[at] as Answer)
      })
      .catch((error: unknown) => {
        for (const { reject } of taken) reject(databaseFault(error))
      })
      .finally(() => next(queue))
  }

  return (queue, asked) =>
    new Promise((resolve, reject) => {
      const one = { asked, resolve, reject }
      const before = queues.get(queue)
      if (before) return void before.push(one)
      queues.set(queue, [one])
      setImmediate(next, queue)
    })
}
