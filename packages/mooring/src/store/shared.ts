/**
 * One statement for many callers: those of one workspace that come while another statement is under way share the next one.
 * To write to the database and to be woken by it costs more than all else in a small statement. None is answered by a
 * statement that was sent before it asked, and who is alone waits for nobody.
 */
import { databaseFault, requireUuid } from './database.ts'

interface Waiting<Asked, Answer> {
  asked: Asked
  resolve(answer: Answer): void
  reject(fault: unknown): void
}

/** `ask` answers in the order of what is asked, of at most `most` at once. Its fault is everybody's. */
export function shared<Asked, Answer>(
  most: number,
  ask: (workspace: string, asked: readonly Asked[]) => Promise<readonly Answer[]>,
): (workspace: string, asked: Asked) => Promise<Answer> {
  /** An entry that is there means that a statement of this workspace is under way, or about to be. */
  const queues = new Map<string, Waiting<Asked, Answer>[]>()

  const next = (workspace: string): void => {
    const taken = queues.get(workspace)?.splice(0, most) ?? []
    if (taken.length === 0) return void queues.delete(workspace)
    ask(
      workspace,
      taken.map((one) => one.asked),
    )
      .then((answers) => {
        for (const [at, { resolve }] of taken.entries()) resolve(answers[at] as Answer)
      })
      .catch((error: unknown) => {
        for (const { reject } of taken) reject(databaseFault(error))
      })
      .finally(() => next(workspace))
  }

  return async (workspace, asked) => {
    requireUuid(workspace)
    return new Promise((resolve, reject) => {
      const one = { asked, resolve, reject }
      const queue = queues.get(workspace)
      if (queue) return void queue.push(one)
      queues.set(workspace, [one])
      setImmediate(next, workspace)
    })
  }
}
