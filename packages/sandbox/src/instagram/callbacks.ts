import { type Posted, postSigned, signedRequest } from '../graph/signed-request.ts'
import type { App } from './apps.ts'
import { accountOf, scopedId } from './people/accounts.ts'
import type { State } from './state.ts'

/** Tells an app what a person did, where it has an address for that. Signed with the Instagram app's own secret. */
export function post(state: State, app: App, kind: Posted['kind'], member: string, now: number): void {
  const url = kind === 'deauthorize' ? app.deauthorizeUrl : app.dataDeletionUrl
  const account = accountOf(member)
  if (url === '' || !account) return
  const entry: Posted = { kind, clientId: app.clientId, member }
  state.posted.push(entry)
  postSigned(entry, url, signedRequest(app.clientSecret, scopedId(app.clientId, account), now))
}
