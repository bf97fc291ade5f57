/** What a 401 of a platform is worth: a token that is newer than the refused one, renewed at most once. */
import { unknownFault } from '../error.ts'
import { getAccessToken } from './access-token.ts'
import { configured, type Engine } from './engine.ts'
import { refreshOnce } from './refresh.ts'
import { tooYoung } from './standing.ts'

/** A token this young, in ms, was not refused for its age: renewing again and again would only spend the grant. */
const YOUNG_MS = 60_000

/**
 * Undefined where there is none, or none to be had: no refresh token, refused just after it was issued, or the
 * refresh failed, which is then written down by it. Never throws: the platform's own answer is the better one then.
 */
export async function newerToken(
  engine: Engine,
  workspace: string,
  id: string,
  refused: string,
): Promise<string | undefined> {
  try {
    const row = await engine.store.connections.token(workspace, id)
    const held = await getAccessToken(engine, workspace, id)
    // A sibling was faster: whoever comes after it must not renew a second time.
    if (held.accessToken !== refused) return held.accessToken
    const now = engine.runtime.now()
    if (!row?.renewable || (row.next_try_at?.getTime() ?? 0) > now) return undefined
    if (row.issued_at !== null && now - row.issued_at.getTime() < YOUNG_MS) return undefined
    const registration = await configured(engine, workspace, row.registration)
    if (tooYoung(row, registration.provider, now) > 0) return undefined
    // By the row that was read before: if its version has moved since, nothing is asked of the platform.
    const renewed =
      (await refreshOnce(engine, workspace, id, row, registration, { refused: true })) ??
      (await getAccessToken(engine, workspace, id))
    return renewed.accessToken === refused ? undefined : renewed.accessToken
  } catch (error) {
    engine.runtime.log.debug({ connection: id, fault: unknownFault(error) }, 'a refused token could not be renewed')
    return undefined
  }
}
