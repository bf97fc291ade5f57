/** Mooring in this app: it asks who is signed in here, and each company is a workspace of its own. */
import { type Mooring, openMooring } from 'mooring'
import { userOfRequest } from './session'

// Next loads a module more than once in one process; Mooring is opened once.
const held = globalThis as typeof globalThis & { mooring?: Promise<Mooring> }

export function openOnce(): Promise<Mooring> {
  held.mooring ??= open()
  return held.mooring
}

async function open(): Promise<Mooring> {
  const mooring = await openMooring({
    env: { MOORING_BASE_URL: `http://localhost:${process.env.PORT ?? 3000}/mooring`, ...process.env },
    // No platform app yet: the platforms are simulated, until LINKEDIN_CLIENT_ID and the like are set.
    sandbox: true,
    async authenticate(request) {
      const found = await userOfRequest(request)
      return (
        found && {
          id: found.id,
          name: found.name,
          workspace: found.company.id,
          workspaceName: found.company.name,
          role: found.role,
        }
      )
    },
  })
  const end = () => void mooring.close().finally(() => process.exit(0))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
  return mooring
}
