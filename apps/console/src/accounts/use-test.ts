import { type Connection, count, useTestConnection } from '@mooring/react'
import { useState } from 'react'
import { notify, operatorView } from '../ui/notify.tsx'

/** Asks the platform whether one connection works, and says so. */
export function useTest(connection: Connection) {
  const test = useTestConnection()
  const id = `test-${connection.id}`
  return {
    busy: test.isPending,
    run: () =>
      test.mutate(connection.id, {
        onSuccess: ({ ok, message, milliseconds, connection: after }) => {
          if (ok) notify.ok(`${message} It took ${milliseconds.toLocaleString('en')} ms.`, { id })
          else notify.bad(message, { id, detail: factsOf(after) })
        },
        onError: (error) => notify.problem(error, { id }),
      }),
  }
}

/** One after the other, so that a platform's limits are not met by our own haste. */
export function useTestAll(connections: readonly Connection[]) {
  const test = useTestConnection()
  const [done, setDone] = useState<number | undefined>(undefined)
  const run = async () => {
    const failed: string[] = []
    for (const [index, connection] of connections.entries()) {
      setDone(index + 1)
      const fault = await test.mutateAsync(connection.id).then(
        (result) => (result.ok ? undefined : (factsOf(result.connection) ?? result.message)),
        (error: unknown) => operatorView(error),
      )
      if (fault !== undefined) failed.push(`${connection.identity.label}: ${fault}`)
    }
    setDone(undefined)
    const all = connections.length
    if (failed.length === 0) notify.ok(all === 1 ? 'It answers.' : `All ${all} answer.`, { id: 'test-all' })
    else {
      notify.bad(`${failed.length} of ${count(all, 'connection')} did not answer. The cards say what to do.`, {
        id: 'test-all',
        detail: failed.join('\n'),
      })
    }
  }
  return { busy: done !== undefined, done: done ?? 0, run: () => void run() }
}

export function factsOf({ problem }: Connection): string | undefined {
  if (!problem) return undefined
  return [problem.code, problem.providerCode, problem.operatorDetail].filter(Boolean).join('\n')
}
