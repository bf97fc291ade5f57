import { json } from '../../core/answer.ts'
import { post } from '../callbacks.ts'
import { wrongMethod } from './errors.ts'
import type { Resource } from './gate.ts'

/** `GET /me/permissions`: for the token of a person. A Page's is inspected by debug_token alone. */
export const permissions: Resource = (_world, { grant, token }) => {
  if (token.kind === 'page') return wrongMethod('get')
  const line = (status: string) => (permission: string) => ({ permission, status })
  return json(200, { data: [...grant.granted.map(line('granted')), ...grant.declined.map(line('declined'))] })
}

/** Removes the app for this person: every Page token made from the grant dies, and the app is told. */
export const removeAll: Resource = ({ state, clock }, { app, grant, token, user }) => {
  if (token.kind === 'page') return wrongMethod('delete')
  grant.ended = 458
  post(state.posted, app, 'deauthorize', { member: user.key, id: user.id }, clock.now())
  return json(200, { success: true })
}

/** Takes back one. */
export const removeOne: Resource = (_world, { grant, token }, ask) => {
  const name = ask.params.permission ?? ''
  if (token.kind === 'page' || !grant.granted.includes(name)) return wrongMethod('delete')
  grant.granted = grant.granted.filter((one) => one !== name)
  grant.declined.push(name)
  return json(200, { success: true })
}
