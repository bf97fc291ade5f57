/** A server of a bench in a process of its own: it gets its settings by message, and says where it listens. */
import { type ChildProcess, fork } from 'node:child_process'

export interface Child {
  url: string
  pid: number
  /** Asks the child something by message and returns what it answers. */
  ask<T>(question: string): Promise<T>
  stop(): Promise<void>
}

/** `flags` are Node's own, like `--cpu-prof`. Secrets go by message: arguments can be read by everybody on the machine. */
export async function startChild(program: string, settings: unknown, flags: string[] = []): Promise<Child> {
  const child = fork(program, [], { execArgv: flags, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  child.send(settings as object)
  const { url } = await answer<{ url: string }>(child)
  return {
    url,
    pid: child.pid ?? 0,
    ask(question) {
      child.send(question)
      return answer(child)
    },
    stop: () =>
      new Promise((done) => {
        child.once('exit', () => done())
        child.send('stop')
      }),
  }
}

function answer<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a server of the bench ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message as T)
    })
  })
}

/** The child's side: `start` makes the server from its settings; `answers` are what may be asked of it. */
export function beChild<S>(
  start: (settings: S) => Promise<{ url: string; stop(): Promise<void>; answers?: Record<string, () => unknown> }>,
): void {
  const tell = (what: unknown) => process.send?.(what as object)
  process.once('message', async (settings: S) => {
    const server = await start(settings)
    const answers: Record<string, () => unknown> = { cpu: () => process.cpuUsage(), ...server.answers }
    process.on('message', async (question: string) => {
      if (question !== 'stop') return tell(await answers[question]?.())
      await server.stop()
      process.exit(0)
    })
    // The bench was killed: nobody is left to ask.
    process.on('disconnect', () => process.exit(1))
    tell({ url: server.url })
  })
}
