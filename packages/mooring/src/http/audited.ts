/** Which routes do a deed that is noted, and as what. A new one that changes something must be named here: a test demands it. */
import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Principal } from '../access/principal.ts'
import { askingOf } from './auth.ts'
import type { HttpOptions, Vars } from './context.ts'

interface Noted {
  action: string
  /** What kind of thing `:id` names, or the id in the answer. */
  target?: string
  /** It is the whole server's: noted in the server's own workspace. */
  server?: true
}

/** By method and route. `null`: it changes nothing that anybody would ask about. */
export const NOTED: Readonly<Record<string, Noted | null>> = {
  'POST /api/v1/session': { action: 'session.link', server: true },
  'DELETE /api/v1/session': { action: 'session.out', server: true },
  'POST /api/v1/session/password': { action: 'session.password', server: true },
  'POST /api/v1/session/second-step': { action: 'session.second-step', server: true },
  'POST /api/v1/session/passkey/options': null,
  'POST /api/v1/session/passkey': { action: 'session.passkey', server: true },
  'POST /api/v1/session/oidc': null,
  'GET /api/v1/session/oidc/callback': { action: 'session.oidc', server: true },
  'POST /api/v1/session/reset-request': { action: 'password.reset-asked', server: true },
  'POST /api/v1/session/reset': { action: 'password.reset', server: true },
  'POST /api/v1/session/invitation': null,
  'POST /api/v1/session/invitation/accept': { action: 'member.joined' },
  'PATCH /api/v1/me': { action: 'person.changed', server: true },
  'PUT /api/v1/me/password': { action: 'password.set', server: true },
  'POST /api/v1/me/authenticator': null,
  'POST /api/v1/me/authenticator/confirm': { action: 'authenticator.on', server: true },
  'POST /api/v1/me/authenticator/remove': { action: 'authenticator.off', server: true },
  'POST /api/v1/me/email/letter': { action: 'address.letter-asked', server: true },
  'POST /api/v1/me/email/confirm': { action: 'address.confirmed', server: true },
  'PUT /api/v1/me/notifications': null,
  // The callback says that it was done.
  'POST /api/v1/me/oidc': null,
  'POST /api/v1/me/oidc/remove': { action: 'other-sign-in.unlinked', server: true },
  'POST /api/v1/me/passkeys/options': null,
  'POST /api/v1/me/passkeys': { action: 'passkey.added', server: true },
  'DELETE /api/v1/me/passkeys/:id': { action: 'passkey.removed', target: 'passkey', server: true },
  'DELETE /api/v1/me/sessions': { action: 'session.others-ended', server: true },
  'DELETE /api/v1/me/sessions/:id': { action: 'session.ended', target: 'session', server: true },
  'POST /api/v1/posts': { action: 'post.made', target: 'post' },
  'POST /api/v1/posts/validate': null,
  'POST /api/v1/posts/dry-run': null,
  'PATCH /api/v1/posts/:id': { action: 'post.changed', target: 'post' },
  'DELETE /api/v1/posts/:id': { action: 'post.removed', target: 'post' },
  'POST /api/v1/posts/:id/schedule': { action: 'post.scheduled', target: 'post' },
  'POST /api/v1/posts/:id/duplicate': { action: 'post.duplicated', target: 'post' },
  'POST /api/v1/deliveries/:id/retry': { action: 'delivery.retried', target: 'delivery' },
  'POST /api/v1/deliveries/:id/confirm': { action: 'delivery.confirmed', target: 'delivery' },
  'POST /api/v1/deliveries/:id/cancel': { action: 'delivery.cancelled', target: 'delivery' },
  'POST /api/v1/deliveries/:id/remove': { action: 'delivery.removed', target: 'delivery' },
  'PATCH /api/v1/publishing/settings': { action: 'publishing.changed' },
  'POST /api/v1/media': { action: 'media.added', target: 'media' },
  'DELETE /api/v1/media/:id': { action: 'media.removed', target: 'media' },
  // It is read, and its picture is a file like any that waits for a post.
  'POST /api/v1/links/preview': null,
  'POST /api/v1/flows': { action: 'flow.started', target: 'flow' },
  'DELETE /api/v1/flows/:id': { action: 'flow.given-up', target: 'flow' },
  'POST /api/v1/flows/:id/accounts': { action: 'accounts.chosen', target: 'flow' },
  'POST /api/v1/flows/:id/candidates': null,
  'POST /api/v1/flows/:id/credentials': { action: 'flow.signed-in', target: 'flow' },
  'POST /api/v1/flows/:id/checkpoint': null,
  'POST /api/v1/flows/:id/checkpoint/resend': null,
  'POST /api/v1/flows/:id/checkpoint/another-way': null,
  'POST /api/v1/flows/:id/hosted': null,
  'POST /api/v1/flows/:id/seat': { action: 'flow.seat-picked', target: 'flow' },
  'POST /api/v1/flows/:id/restart': null,
  'POST /api/v1/connect-links': { action: 'connect-link.made', target: 'connect-link' },
  'DELETE /api/v1/connect-links/:id': { action: 'connect-link.withdrawn', target: 'connect-link' },
  'POST /api/v1/flows/:id/complete': { action: 'flow.completed', target: 'flow' },
  'POST /api/v1/connect-sessions': { action: 'connect-session.made', target: 'connect-session' },
  'POST /api/v1/connections/import': { action: 'connections.imported' },
  'POST /api/v1/connections/:id/refresh': { action: 'connection.refreshed', target: 'connection' },
  'POST /api/v1/connections/:id/test': { action: 'connection.tested', target: 'connection' },
  'DELETE /api/v1/connections/:id': { action: 'connection.disconnected', target: 'connection' },
  'PUT /api/v1/connections/:id/accounts': { action: 'accounts.set', target: 'connection' },
  'POST /api/v1/api-keys': { action: 'api-key.made', target: 'api-key', server: true },
  'PATCH /api/v1/api-keys/:id': { action: 'api-key.renamed', target: 'api-key', server: true },
  'DELETE /api/v1/api-keys/:id': { action: 'api-key.revoked', target: 'api-key', server: true },
  'POST /api/v1/vault/rotate': { action: 'vault.rotated', server: true },
  'POST /api/v1/invitations': { action: 'member.invited', target: 'invitation' },
  'DELETE /api/v1/invitations/:id': { action: 'invitation.withdrawn', target: 'invitation' },
  'PATCH /api/v1/members/:id': { action: 'member.role', target: 'person' },
  'DELETE /api/v1/members/:id': { action: 'member.removed', target: 'person' },
  'POST /api/v1/workspaces': { action: 'workspace.made', target: 'workspace', server: true },
  'POST /api/v1/registrations': { action: 'registration.added', target: 'registration' },
  'PATCH /api/v1/registrations/:id': { action: 'registration.changed', target: 'registration' },
  'DELETE /api/v1/registrations/:id': { action: 'registration.removed', target: 'registration' },
  'POST /api/v1/registrations/:id/test': null,
  'PUT /api/v1/onboarding': null,
  'PUT /api/v1/onboarding/steps/:id': { action: 'onboarding.marked' },
  'POST /api/v1/webhooks': { action: 'webhook.added', target: 'webhook' },
  'PATCH /api/v1/webhooks/:id': { action: 'webhook.changed', target: 'webhook' },
  'DELETE /api/v1/webhooks/:id': { action: 'webhook.removed', target: 'webhook' },
  'POST /api/v1/webhooks/:id/test': { action: 'webhook.tested', target: 'webhook' },
  'POST /api/v1/webhooks/:id/deliveries/:delivery/replay': { action: 'webhook.replayed', target: 'webhook' },
  'PATCH /api/v1/workspace': { action: 'workspace.changed' },
  'GET /api/v1/workspace/export': { action: 'workspace.exported' },
  'POST /api/v1/workspace/erase': { action: 'workspace.erased', target: 'workspace', server: true },
  'GET /api/v1/audit/export': { action: 'audit.exported' },
}

/** Actions that are the whole server's. */
export const OF_THE_SERVER: readonly string[] = [
  ...new Set(Object.values(NOTED).flatMap((one) => (one?.server ? [one.action] : []))),
  'other-sign-in.linked',
]

const NOBODY = { kind: 'nobody', id: null, name: 'Somebody' } as const

export const actorOf = (who: Principal) => ({ kind: who.kind, id: who.id, name: who.name })

/** Notes what a route did, or that it was refused to somebody who is known, after it is done. */
export function audited(options: HttpOptions): MiddlewareHandler<Vars> {
  const { audit, workspace: server } = options
  return async (c, next) => {
    await next()
    const { status } = c.res
    const denied = c.get('denied')
    const refused = status === 403 || status === 401 || status === 429 || denied !== undefined
    // A right password that is half the way: the second step says who came in.
    if (status === 202) return
    if (c.req.method === 'GET' && !refused && !c.req.path.endsWith('/export') && !c.req.path.endsWith('/callback'))
      return
    const noted = NOTED[`${c.req.method} ${routePath(c)}`]
    if (noted === null || (noted === undefined && !refused) || (status >= 400 && !refused)) return
    const who = c.get('principal')
    const entered = c.get('entered')
    const actor = who ? actorOf(who) : entered ? { kind: 'person', ...entered } : NOBODY
    // Who is nobody and asks for what is not theirs is a row in the log, not in the audit; a try to sign in is both.
    if (refused && !who && !noted?.action.startsWith('session.')) return
    const { address, headers } = askingOf(c, options)
    await audit.note({
      workspace: noted?.server ? server.id : (c.get('entered')?.workspace ?? who?.workspace ?? server.id),
      action: c.get('deed') ?? noted?.action ?? `${c.req.method} ${routePath(c)}`,
      outcome: refused ? 'refused' : 'ok',
      code: refused ? (denied ?? c.res.headers.get('mooring-error') ?? undefined) : undefined,
      actor,
      address,
      browser: headers.get('user-agent'),
      target: noted?.target === undefined ? undefined : targetOf(c, noted.target),
    })
  }
}

/** What is no id was typed, and what was typed is in no entry. */
export const idIn = (typed: string | undefined): string =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(typed ?? '') ? (typed ?? '').toLowerCase() : '(no id)'

function targetOf(c: Context<Vars>, kind: string) {
  const id = c.get('target') ?? c.req.param('id')
  return id === undefined ? undefined : { kind, id, label: c.get('targetLabel') }
}
