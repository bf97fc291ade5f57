import { type Posted, postSigned, signedRequest } from '../graph/signed-request.ts'
import { userOf } from './people.ts'
import { appOf, type State } from './state.ts'

/** Tells an app what a person did, where it has an address for that. Signed with the Threads app's own secret. */
export function post(state: State, clientId: string, kind: Posted['kind'], member: string, now: number): void {
  const app = appOf(state, clientId)
  const user = userOf(member)
  const url = kind === 'deauthorize' ? app?.deauthorizeUrl : app?.dataDeletionUrl
  if (!app || !user || !url) return
  const entry: Posted = { kind, clientId, member }
  state.posted.push(entry)
  postSigned(entry, url, signedRequest(app.clientSecret, user.id, now))
}
