import { json } from '../../core/answer.ts'
import type { Ask } from '../../core/ask.ts'
import { notThere } from '../../graph/errors.ts'
import { post } from '../callbacks.ts'
import { wrongMethod } from './errors.ts'
import type { Caller, Resource } from './gate.ts'
import { ownId } from './nodes.ts'

/** For the token of a person. A Page's is inspected by debug_token alone. */
function refused(caller: Caller, ask: Ask) {
  if (caller.token.kind === 'page') return wrongMethod(ask.method)
  return (ask.params.id ?? ownId(caller)) === ownId(caller)
    ? undefined
    : notThere(ask.params.id ?? '', ask.method.toLowerCase())
}

/** `GET /me/permissions`. */
export const permissions: Resource = (_world, caller, ask) => {
  const no = refused(caller, ask)
  if (no) return no
  const line = (status: string) => (permission: string) => ({ permission, status })
  const { granted, declined } = caller.grant
  return json(200, { data: [...granted.map(line('granted')), ...declined.map(line('declined'))] })
}

/** Removes the app for this person: every Page token made from the grant dies, and the app is told. */
export const removeAll: Resource = ({ state, clock }, caller, ask) => {
  const no = refused(caller, ask)
  if (no) return no
  const { app, grant } = caller
  grant.ended = 458
  post(state, app, 'deauthorize', grant.member, clock.now())
  return json(200, { success: true })
}

/** Takes back one. */
export const removeOne: Resource = (_world, caller, ask) => {
  const no = refused(caller, ask)
  if (no) return no
  const { grant } = caller
  const name = ask.params.permission ?? ''
  if (!grant.granted.includes(name)) return notThere(name, 'delete')
  grant.granted = grant.granted.filter((one) => one !== name)
  grant.declined.push(name)
  return json(200, { success: true })
}
