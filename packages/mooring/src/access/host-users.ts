/** The host product's own users: as its `authenticate` function says, or as a signed token (JWT) says. */
import { z } from 'zod'
import { isMooringError, MooringError, unknownFault } from '../error.ts'
import type { Runtime } from '../runtime.ts'
import type { Store } from '../store/store.ts'
import { type JwtOptions, type ReadJwt, readsJwt } from './jwt.ts'
import { ROLES, type Role } from './permissions.ts'
import type { Principal } from './principal.ts'

export interface HostUser {
  /** The host's id of the user. */
  id: string
  name?: string | undefined
  /** The host's id of the customer whose workspace this is; made when it is new. */
  workspace: string
  workspaceName?: string | undefined
  role: Role
}

/** Who is signed in at the host, by this request; null or undefined: nobody. Called with a request whose body is not read. */
export type Authenticate = (request: Request) => HostUser | null | undefined | Promise<HostUser | null | undefined>

const text = (most: number) => z.string().min(1).max(most)
const Shape = z.object({
  id: text(200),
  name: text(200).optional(),
  workspace: text(200),
  workspaceName: text(200).optional(),
  role: z.enum(ROLES),
})

/** Workspaces of the host whose id here is remembered. */
const MOST_KNOWN = 10_000
/** For so long: a workspace may be erased, by another process too. */
const KNOWN_MS = 30_000

export interface HostUsers {
  /** Its `authenticate` is set: a browser can be asked whose it is. */
  seesUsers: boolean
  /** The user whose browser sent this, as the host says. Throws `internal` when the host's function fails. */
  ofRequest(request: Request): Promise<Principal | undefined>
  /** The user of a signed token. Undefined: it is none. Throws `unauthorized` for one that does not hold. */
  ofToken(token: string): Promise<Principal | undefined>
}

export function createHostUsers(
  runtime: Runtime,
  store: Store,
  authenticate: Authenticate | undefined,
  jwt: JwtOptions | undefined,
): HostUsers {
  const known = new Map<string, { id: string; until: number }>()
  const read: ReadJwt | undefined = jwt && readsJwt(runtime, jwt)

  const principal = async (user: HostUser, by: 'request' | 'token'): Promise<Principal> => {
    const found = known.get(user.workspace)
    let workspace = found && found.until > runtime.now() ? found.id : undefined
    if (workspace === undefined) {
      const name = user.workspaceName ?? user.workspace
      workspace = (await store.workspaces.ensureExternal(runtime.uuid(), name, user.workspace)).id
      if (known.size >= MOST_KNOWN) known.clear()
      known.set(user.workspace, { id: workspace, until: runtime.now() + KNOWN_MS })
    }
    return { kind: 'user', id: user.id, name: user.name ?? user.id, workspace, role: user.role, by }
  }

  return {
    seesUsers: authenticate !== undefined,
    async ofRequest(request) {
      if (!authenticate) return undefined
      let said: unknown
      try {
        said = await authenticate(request)
      } catch (error) {
        // Its message can hold whatever the host's session holds.
        if (isMooringError(error)) throw error
        throw hostFault(`authenticate() threw ${unknownFault(error)}.`)
      }
      if (said === null || said === undefined) return undefined
      const user = Shape.safeParse(said)
      if (!user.success)
        throw hostFault(
          `What authenticate() answered lacks: ${user.error.issues.map((one) => one.path.join('.')).join(', ')}.`,
        )
      return principal(user.data, 'request')
    },
    async ofToken(token) {
      const claimed = await read?.(token)
      return claimed && principal(Shape.parse(claimed), 'token')
    },
  }
}

const hostFault = (detail: string) =>
  new MooringError('internal', 'The server made a mistake. Nothing was lost.', { detail })
