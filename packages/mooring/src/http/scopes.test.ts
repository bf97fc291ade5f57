/** What each scope of a key opens, route by route; and what a signed-in person may. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../test/world.ts'
import { SCOPES } from '../access/principal.ts'
import {
  bearer,
  documentOf,
  expectProblem,
  goodBody,
  keyWith,
  type Operation,
  operationsOf,
  pathWith,
  sameOrigin,
  send,
  UNKNOWN,
} from './testing.ts'

/** Every route and the scope that it needs: a new one is missing here until somebody says it. */
const NEEDS: Record<string, (typeof SCOPES)[number] | 'nothing' | 'oneself'> = {
  'GET /api/v1/session': 'nothing',
  'POST /api/v1/session': 'nothing',
  'DELETE /api/v1/session': 'nothing',
  'GET /api/v1/session/ways': 'nothing',
  'POST /api/v1/session/password': 'nothing',
  'POST /api/v1/session/second-step': 'nothing',
  'POST /api/v1/session/passkey/options': 'nothing',
  'POST /api/v1/session/passkey': 'nothing',
  'POST /api/v1/session/oidc': 'nothing',
  'POST /api/v1/session/reset-request': 'nothing',
  'POST /api/v1/session/reset': 'nothing',
  'POST /api/v1/session/invitation': 'nothing',
  'POST /api/v1/session/invitation/accept': 'nothing',
  'GET /api/v1/me': 'oneself',
  'PATCH /api/v1/me': 'oneself',
  'PUT /api/v1/me/password': 'oneself',
  'POST /api/v1/me/authenticator': 'oneself',
  'POST /api/v1/me/authenticator/confirm': 'oneself',
  'POST /api/v1/me/authenticator/remove': 'oneself',
  'POST /api/v1/me/email/letter': 'oneself',
  'POST /api/v1/me/email/confirm': 'oneself',
  'GET /api/v1/me/notifications': 'oneself',
  'PUT /api/v1/me/notifications': 'oneself',
  'POST /api/v1/me/oidc': 'oneself',
  'POST /api/v1/me/oidc/remove': 'oneself',
  'POST /api/v1/me/passkeys/options': 'oneself',
  'POST /api/v1/me/passkeys': 'oneself',
  'DELETE /api/v1/me/passkeys/{id}': 'oneself',
  'GET /api/v1/me/sessions': 'oneself',
  'DELETE /api/v1/me/sessions': 'oneself',
  'DELETE /api/v1/me/sessions/{id}': 'oneself',
  'GET /api/v1/connections/{id}/token': 'tokens:read',
  'GET /api/v1/accounts/{id}/token': 'tokens:read',
  'GET /api/v1/providers': 'connections:read',
  'GET /api/v1/providers/{id}': 'connections:read',
  'POST /api/v1/flows': 'connections:write',
  'GET /api/v1/flows/{id}': 'connections:read',
  'DELETE /api/v1/flows/{id}': 'connections:write',
  'POST /api/v1/flows/{id}/accounts': 'connections:write',
  'POST /api/v1/flows/{id}/candidates': 'connections:write',
  'POST /api/v1/flows/{id}/complete': 'connections:write',
  'POST /api/v1/flows/{id}/credentials': 'connections:write',
  'POST /api/v1/flows/{id}/checkpoint': 'connections:write',
  'POST /api/v1/flows/{id}/checkpoint/resend': 'connections:write',
  'POST /api/v1/flows/{id}/checkpoint/another-way': 'connections:write',
  'POST /api/v1/flows/{id}/hosted': 'connections:write',
  'GET /api/v1/flows/{id}/seats': 'connections:write',
  'POST /api/v1/flows/{id}/seat': 'connections:write',
  'POST /api/v1/flows/{id}/restart': 'connections:write',
  'GET /api/v1/posts': 'posts:read',
  'POST /api/v1/posts': 'posts:write',
  'POST /api/v1/posts/validate': 'posts:read',
  'POST /api/v1/posts/dry-run': 'posts:read',
  'GET /api/v1/posts/events': 'posts:read',
  'GET /api/v1/posts/{id}': 'posts:read',
  'PATCH /api/v1/posts/{id}': 'posts:write',
  'DELETE /api/v1/posts/{id}': 'posts:write',
  'POST /api/v1/posts/{id}/schedule': 'posts:write',
  'POST /api/v1/posts/{id}/duplicate': 'posts:write',
  'GET /api/v1/deliveries/{id}': 'posts:read',
  'POST /api/v1/deliveries/{id}/retry': 'posts:write',
  'POST /api/v1/deliveries/{id}/confirm': 'posts:write',
  'POST /api/v1/deliveries/{id}/cancel': 'posts:write',
  'POST /api/v1/deliveries/{id}/remove': 'posts:write',
  'GET /api/v1/media': 'posts:read',
  'POST /api/v1/media': 'posts:write',
  'GET /api/v1/media/{id}': 'posts:read',
  'DELETE /api/v1/media/{id}': 'posts:write',
  'GET /api/v1/media/{id}/content': 'posts:read',
  'GET /api/v1/media/{id}/preview': 'posts:read',
  'POST /api/v1/links/preview': 'posts:write',
  'GET /api/v1/publishing/targets': 'posts:read',
  'GET /api/v1/publishing/settings': 'posts:read',
  'PATCH /api/v1/publishing/settings': 'posts:write',
  'GET /api/v1/publishing/next-slots': 'posts:read',
  'GET /api/v1/publishing/budgets': 'posts:read',
  'GET /api/v1/connect-links': 'connections:read',
  'POST /api/v1/connect-links': 'connections:write',
  'DELETE /api/v1/connect-links/{id}': 'connections:write',
  // The link itself is what is shown.
  'GET /api/v1/connect-link': 'nothing',
  'POST /api/v1/connect-sessions': 'connections:write',
  'GET /api/v1/connections': 'connections:read',
  'GET /api/v1/connections/{id}': 'connections:read',
  'DELETE /api/v1/connections/{id}': 'connections:write',
  'POST /api/v1/connections/import': 'connections:write',
  'POST /api/v1/connections/{id}/refresh': 'connections:write',
  'POST /api/v1/connections/{id}/test': 'connections:write',
  'GET /api/v1/connections/{id}/events': 'connections:read',
  'GET /api/v1/connections/{id}/available-accounts': 'connections:read',
  'PUT /api/v1/connections/{id}/accounts': 'connections:write',
  'GET /api/v1/accounts': 'connections:read',
  // Its address is signed: an <img> holds no key.
  'GET /api/v1/pictures/{address}': 'nothing',
  'GET /api/v1/forecast': 'connections:read',
  'GET /api/v1/alerts': 'connections:read',
  'GET /api/v1/proxy/{id}/{path}': 'proxy',
  'POST /api/v1/proxy/{id}/{path}': 'proxy',
  'PUT /api/v1/proxy/{id}/{path}': 'proxy',
  'PATCH /api/v1/proxy/{id}/{path}': 'proxy',
  'DELETE /api/v1/proxy/{id}/{path}': 'proxy',
  'GET /api/v1/api-keys': 'keys:write',
  'POST /api/v1/api-keys': 'keys:write',
  'PATCH /api/v1/api-keys/{id}': 'keys:write',
  'DELETE /api/v1/api-keys/{id}': 'keys:write',
  'GET /api/v1/vault': 'keys:write',
  'POST /api/v1/vault/rotate': 'keys:write',
  'GET /api/v1/workspaces': 'connections:read',
  'POST /api/v1/workspaces': 'workspace:write',
  'GET /api/v1/registrations': 'registrations:write',
  'POST /api/v1/registrations': 'registrations:write',
  'GET /api/v1/registrations/{id}': 'registrations:write',
  'PATCH /api/v1/registrations/{id}': 'registrations:write',
  'DELETE /api/v1/registrations/{id}': 'registrations:write',
  'POST /api/v1/registrations/{id}/test': 'registrations:write',
  'GET /api/v1/onboarding': 'connections:read',
  'PUT /api/v1/onboarding': 'workspace:write',
  'PUT /api/v1/onboarding/steps/{id}': 'workspace:write',
  'GET /api/v1/webhooks': 'webhooks:write',
  'POST /api/v1/webhooks': 'webhooks:write',
  'GET /api/v1/webhooks/{id}': 'webhooks:write',
  'PATCH /api/v1/webhooks/{id}': 'webhooks:write',
  'DELETE /api/v1/webhooks/{id}': 'webhooks:write',
  'POST /api/v1/webhooks/{id}/test': 'webhooks:write',
  'GET /api/v1/webhooks/{id}/deliveries': 'webhooks:write',
  'POST /api/v1/webhooks/{id}/deliveries/{delivery}/replay': 'webhooks:write',
  'GET /api/v1/workspace': 'connections:read',
  'PATCH /api/v1/workspace': 'workspace:write',
  'GET /api/v1/workspace/export': 'workspace:write',
  'POST /api/v1/workspace/erase': 'workspace:write',
  'GET /api/v1/audit': 'audit:read',
  'GET /api/v1/audit/export': 'audit:read',
  'GET /api/v1/members': 'members:read',
  'PATCH /api/v1/members/{id}': 'members:write',
  'DELETE /api/v1/members/{id}': 'members:write',
  'GET /api/v1/invitations': 'members:write',
  'POST /api/v1/invitations': 'members:write',
  'DELETE /api/v1/invitations/{id}': 'members:write',
}

/** What a signed-in person may not: these lead to the token, or past us with it. */
const KEYS_ALONE = ['tokens:read', 'proxy']
/** And these are a host's server's. */
const SERVERS = ['/import', '/complete', '/connect-sessions']

describe('scopes', () => {
  let world: World
  let operations: Operation[]
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
    operations = operationsOf(await documentOf(world))
  })
  afterAll(() => world.close())

  const ask = (one: Operation, headers: Record<string, string>) =>
    send(
      world,
      one.method,
      pathWith(one, UNKNOWN),
      { ...headers, 'content-type': 'application/json' },
      one.body && JSON.stringify(goodBody(one)),
    )
  const scoped = () => operations.filter((one) => !['nothing', 'oneself'].includes(NEEDS[one.name] ?? ''))

  it('are said here for every route of the document', () => {
    expect(operations.map((one) => one.name).sort()).toEqual(Object.keys(NEEDS).sort())
  })

  it.each(SCOPES)('a key with %s alone opens exactly the routes that need it', async (scope) => {
    const key = await keyWith(world, scope)
    for (const one of scoped()) {
      const answer = await ask(one, bearer(key))
      if (NEEDS[one.name] === scope) expect([401, 403], `${one.name} ${answer.text}`).not.toContain(answer.status)
      else {
        expectProblem(answer, 403, 'forbidden')
        expect(answer.body.detail).toContain(`needs ${NEEDS[one.name]}`)
      }
    }
  })

  it.each(SCOPES)('a key with everything but %s opens all the others', async (scope) => {
    const key = await keyWith(world, ...SCOPES.filter((one) => one !== scope))
    for (const one of scoped()) {
      const answer = await ask(one, bearer(key))
      if (NEEDS[one.name] === scope) expectProblem(answer, 403, 'forbidden')
      else expect([401, 403], `${one.name} ${answer.text}`).not.toContain(answer.status)
    }
  })

  it('a signed-in person may everything but read a token, bring some in, or call a platform with one', async () => {
    const browser = world.browser()
    await browser.signIn()
    const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    for (const one of scoped()) {
      const answer = await ask(one, { cookie, ...sameOrigin })
      if (KEYS_ALONE.includes(NEEDS[one.name] ?? '') || SERVERS.some((end) => one.path.endsWith(end)))
        expectProblem(answer, 403, 'forbidden')
      else expect([401, 403], `${one.name} ${answer.text}`).not.toContain(answer.status)
    }
  })

  it("a person's session changes nothing from another site, and a key needs no site", async () => {
    const browser = world.browser()
    await browser.signIn()
    const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const elsewhere: Record<string, string>[] = [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example.com' },
      { origin: 'null' },
      { origin: 'http://localhost:8003', 'sec-fetch-site': 'cross-site' },
    ]
    for (const one of scoped().filter((each) => each.method !== 'GET')) {
      for (const headers of elsewhere) expectProblem(await ask(one, { cookie, ...headers }), 403, 'cross_site')
      expect((await ask(one, { cookie, origin: 'http://localhost:8003' })).body?.code).not.toBe('cross_site')
      expect((await ask(one, { ...bearer(), ...elsewhere[1] })).body?.code).not.toBe('cross_site')
    }
    for (const one of scoped().filter((each) => each.method === 'GET' && !KEYS_ALONE.includes(NEEDS[each.name] ?? '')))
      expect([401, 403], one.name).not.toContain((await ask(one, { cookie })).status)
  })

  it('a key can make no key that may do more than itself', async () => {
    const key = await keyWith(world, 'keys:write', 'connections:read')
    const make = (scopes: string[]) =>
      send(
        world,
        'POST',
        '/api/v1/api-keys',
        { ...bearer(key), 'content-type': 'application/json' },
        JSON.stringify({ name: 'x', scopes }),
      )
    for (const more of SCOPES.filter((one) => !['keys:write', 'connections:read'].includes(one))) {
      expectProblem(await make([more]), 403, 'forbidden')
      expectProblem(await make(['connections:read', more]), 403, 'forbidden')
    }
    const made = await make(['connections:read'])
    expect([made.status, made.body.scopes]).toEqual([201, ['connections:read']])
    for (const scopes of [[], ['everything'], ['*'], ['connections:*']])
      expectProblem(await make(scopes), 400, 'invalid_request')
  })
})
