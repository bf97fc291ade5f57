/** Connect sessions from making one to the connection: the way of an honest person, and every refusal on it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  brought,
  COMPLETE_AT,
  complete,
  flowRow,
  go,
  HOST_ENV,
  look,
  makeSession,
  NOTHING,
  open,
  press,
  RETURN_TO,
  stored,
  submit,
  walk,
  wanted,
} from '../../test/sessions.ts'
import { createWorld, KEY, type World } from '../../test/world.ts'
import { dropOverdue } from '../flows/complete.ts'
import { expectProblem, keyWith, sameOrigin, send, UNKNOWN } from './testing.ts'

describe('connect sessions', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld({ env: HOST_ENV })
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    await world.database.query(
      'truncate mooring.connections, mooring.accounts, mooring.flows, mooring.events, mooring.grant_holders, mooring.connect_sessions cascade',
    )
  })

  const post = (path: string, body: unknown, key = KEY) =>
    send(
      world,
      'POST',
      path,
      { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      JSON.stringify(body),
    )
  const make = (parts: Record<string, unknown> = {}, key = KEY) => post('/api/v1/connect-sessions', wanted(parts), key)
  const checked = (text: string) => [...text.matchAll(/name="account" value="([^"]+)">/g)].map((one) => one[1] ?? '')

  describe('the whole way', () => {
    it('is: a link, a button, the platform, the host, the accounts, and back', async () => {
      const made = await makeSession(world)
      expect(made.url).toBe(`http://localhost:8003/connect-session#${made.token}`)
      expect(made.token).toMatch(/^mc_[\w-]{64}$/)
      expect(Date.parse(made.expiresAt) - world.now()).toBeGreaterThan(14 * 60_000)
      const browser = world.browser()
      expect((await open(world, browser, made)).to?.pathname).toBe(`/connect-session/${made.id}`)
      const page = await look(world, browser, `/connect-session/${made.id}`)
      expect(page.text).toContain('Connect LinkedIn')
      for (const word of ['app.example.com', 'Ada', 'Acme']) expect(page.text).toContain(`<strong>${word}</strong>`)
      const back = await go(world, browser, made)
      const flow = brought(back)
      expect([...(back.to?.searchParams.keys() ?? [])]).toEqual(['flow', 'code'])
      // Nothing stands yet: the host has not said who it is.
      expect(await stored(world)).toEqual({ ...NOTHING, completions: 1, held: 1 })
      const done = await complete(world, flow, 'ada')
      expect(done.status, JSON.stringify(done.body)).toBe(200)
      expect(done.body).toMatchObject({ workspaceId: made.workspaceId, flow: { id: flow.flow, state: 'checkpoint' } })
      expect(done.body.next).toBe(`http://localhost:8003/connect-session/${made.id}/accounts`)
      const choice = await look(world, browser, new URL(done.body.next).pathname)
      const [first = '', second = ''] = checked(choice.text)
      expect(second).toMatch(/^urn:li:organization:/)
      const form = new URLSearchParams([
        ['account', first],
        ['account', second],
      ])
      const chosen = await submit(world, browser, `/connect-session/${made.id}/accounts`, form)
      expect(chosen.to?.href).toBe(`${RETURN_TO}?flow=${flow.flow}`)
      expect([...browser.jar.keys()].filter((name) => /connect|flow/.test(name))).toEqual([])
      expect(await stored(world)).toMatchObject({ connections: 1, accounts: 2, completions: 0, held: 0 })
      const [row] = await world.database.query('select external_id, name from mooring.workspaces where id = $1', [
        made.workspaceId,
      ])
      expect(row).toEqual({ external_id: 'acme', name: 'Acme' })
      const [event] = await world.database.query<{ actor: string }>('select actor from mooring.events')
      expect(event?.actor).toBe('Ada')
    })

    it('goes straight back where there is one account alone', async () => {
      const made = await makeSession(world)
      const flow = brought(await walk(world, world.browser(), made, { member: 'ines' }))
      const done = await complete(world, flow, 'ada')
      expect([done.body.flow.state, done.body.next]).toEqual(['connected', `${RETURN_TO}?flow=${flow.flow}`])
    })

    it('tells the host’s page of a no at the platform, and holds nothing', async () => {
      const browser = world.browser()
      const back = await walk(world, browser, await makeSession(world), { press: 'cancel' })
      expect(back.to?.href.startsWith(`${RETURN_TO}?flow=`)).toBe(true)
      expect(back.to?.searchParams.get('error')).toBe('access_denied')
      expect(await stored(world)).toEqual(NOTHING)
    })

    it('renews a connection by its id, and refuses another identity at its completion', async () => {
      const made = await makeSession(world)
      const first = await complete(world, brought(await walk(world, world.browser(), made)), 'ada')
      const reconnects = first.body.flow.connectionId
      const again = await makeSession(world, { reconnects })
      const renewed = await complete(world, brought(await walk(world, world.browser(), again)), 'ada')
      expect(renewed.body.flow).toMatchObject({ outcome: 'reconnected', connectionId: reconnects })
      const other = await makeSession(world, { reconnects })
      const flow = brought(await walk(world, world.browser(), other, { member: 'ines' }))
      const refused = await complete(world, flow, 'ada')
      expect([refused.status, refused.body.code]).toEqual([409, 'wrong_identity'])
      expect((await flowRow(world, flow.flow)).state).toBe('failed')
      expect(await stored(world)).toMatchObject({ connections: 1, held: 0, completions: 0 })
      // A connection of another workspace is not there to renew.
      expectProblem(await make({ workspace: { externalId: 'other' }, reconnects }), 404, 'not_found')
    })

    it('says what to choose where nothing was chosen, and what was not listed is not taken', async () => {
      const made = await makeSession(world)
      const browser = world.browser()
      await complete(world, brought(await walk(world, browser, made)), 'ada')
      const path = `/connect-session/${made.id}/accounts`
      for (const account of ['', 'urn:li:organization:999']) {
        const answer = await submit(world, browser, path, account ? { account } : {})
        expect(answer.status).toBe(422)
        expect(answer.text).toMatch(/role="alert">[^<]+\.</)
      }
      expect(await stored(world)).toMatchObject({ accounts: 0 })
    })

    it('can be opened again by the very browser, and reloaded', async () => {
      const made = await makeSession(world)
      const browser = world.browser()
      for (let time = 0; time < 3; time++) expect((await open(world, browser, made)).status).toBe(303)
      expect((await look(world, browser, `/connect-session/${made.id}`)).status).toBe(200)
      expect(brought(await go(world, browser, made)).code).toMatch(/^[\w-]{64}$/)
    })
  })

  describe('making one', () => {
    it.each<[string, Record<string, unknown>, number, string]>([
      ['with nobody who looks', { completeAt: undefined }, 400, 'invalid_request'],
      ['that returns anywhere', { returnTo: 'https://evil.example' }, 400, 'return_to_refused'],
      ['that completes anywhere', { completeAt: 'https://evil.example' }, 400, 'return_to_refused'],
      ['that completes by no address', { completeAt: 'javascript:alert(1)' }, 400, 'return_to_refused'],
      ['without a way back', { returnTo: undefined }, 400, 'invalid_request'],
      ['for nobody', { endUser: undefined }, 400, 'invalid_request'],
      ['for a user without an id', { endUser: { id: '' } }, 400, 'invalid_request'],
      ['for a provider that there is not', { providers: ['linkedin', 'nowhere'] }, 404, 'provider_not_configured'],
      ['for no provider', { providers: [] }, 400, 'invalid_request'],
      ['for a workspace named twice', { workspaceId: UNKNOWN }, 400, 'invalid_request'],
      ['for a workspace that there is not', { workspace: undefined, workspaceId: UNKNOWN }, 404, 'not_found'],
      ['for a connection that there is not', { reconnects: UNKNOWN }, 404, 'not_found'],
    ])('is refused %s', async (_, parts, status, code) => {
      const before = await world.database.query('select id from mooring.workspaces')
      const answer = await make({ workspace: { externalId: 'acme' }, ...parts })
      expectProblem(answer, status, code)
      expect(await world.database.query('select 1 from mooring.connect_sessions')).toEqual([])
      if (!('reconnects' in parts))
        expect(await world.database.query('select id from mooring.workspaces')).toEqual(before)
    })

    it('says how to mend it where nobody would look', async () => {
      const { body } = await make({ completeAt: undefined })
      expect(body.operatorDetail).toMatch(/completeAt .* or mount Mooring with an `authenticate` function\.$/)
      expect(body.errors).toEqual([{ path: 'completeAt', message: 'is needed' }])
    })

    it('names the field whose address is refused', async () => {
      const { body } = await make({ completeAt: 'https://evil.example' })
      expect(body.errors[0].path).toBe('completeAt')
    })

    it('is for keys alone, and a key of one workspace has its own', async () => {
      const { workspaceId } = await makeSession(world, { workspace: { externalId: 'own' } })
      const scopes = ['connections:write']
      const { key } = (await post('/api/v1/api-keys', { name: 'own', scopes, workspaceId })).body
      for (const workspace of [undefined, { externalId: 'own' }])
        expect((await make({ workspace }, key)).body.workspaceId).toBe(workspaceId)
      expect((await make({ workspace: undefined, workspaceId }, key)).status).toBe(201)
      for (const named of [
        { workspace: { externalId: 'acme' } },
        { workspace: undefined, workspaceId: world.workspace },
        { workspace: undefined, workspaceId: UNKNOWN },
      ])
        expectProblem(await make(named, key), 403, 'forbidden')
      const browser = world.browser()
      await browser.signIn()
      const person = await browser.send('POST', '/connect-sessions', wanted())
      expect([person.status, person.body.code]).toEqual([403, 'forbidden'])
    })

    it('stores of the token a hash alone', async () => {
      const { token, id } = await makeSession(world)
      const rows = await world.database.query('select s::text as row from mooring.connect_sessions s where id = $1', [
        id,
      ])
      expect(JSON.stringify(rows)).not.toContain(token.slice(20))
    })
  })

  describe('opening it', () => {
    const refused = (seen: { status: number; text: string }, status: number, code: string) => {
      expect(seen.status, seen.text).toBe(status)
      expect(seen.text).toContain(`<code>${code}</code>`)
    }

    it('is for one browser: another is told that it was used', async () => {
      const made = await makeSession(world)
      await open(world, world.browser(), made)
      const second = world.browser()
      refused(await open(world, second, made), 409, 'connect_session_used')
      expect(second.jar.size).toBe(0)
    })

    it('goes to exactly one of twenty browsers that come at once', async () => {
      const made = await makeSession(world)
      const all = await Promise.all(Array.from({ length: 20 }, () => open(world, world.browser(), made)))
      expect(all.filter((one) => one.status === 303)).toHaveLength(1)
      expect(all.filter((one) => one.status === 409)).toHaveLength(19)
    })

    it('is over after 15 minutes, and an hour after it was opened', async () => {
      const [late, used] = [await makeSession(world), await makeSession(world)]
      const browser = world.browser()
      await open(world, browser, used)
      world.advance(15 * 60 + 1)
      refused(await open(world, world.browser(), late), 410, 'connect_session_expired')
      expect((await look(world, browser, `/connect-session/${used.id}`)).status).toBe(200)
      world.advance(46 * 60)
      refused(await look(world, browser, `/connect-session/${used.id}`), 410, 'connect_session_expired')
      refused(await press(world, browser, used), 410, 'connect_session_expired')
    })

    it('knows no token that was guessed, cut, or moved to another workspace', async () => {
      const { token } = await makeSession(world)
      const tail = Buffer.from(token.slice(3), 'base64url').subarray(16)
      const head = Buffer.from(world.workspace.replaceAll('-', ''), 'hex')
      const moved = `mc_${Buffer.concat([head, tail]).toString('base64url')}`
      for (const guess of ['', 'x', token.slice(1), token.slice(0, -1), token.toUpperCase(), moved, KEY])
        refused(await submit(world, world.browser(), '/connect-session', { token: guess }), 404, 'not_found')
    })

    it('needs the cookie of its browser on every page, and no other session’s', async () => {
      const [mine, theirs] = [await makeSession(world), await makeSession(world)]
      const [me, them] = [world.browser(), world.browser()]
      await open(world, me, mine)
      await open(world, them, theirs)
      const [cookie = ''] = [...me.jar.values()]
      them.jar.set(`mooring-connect-${mine.id}`, them.jar.get(`mooring-connect-${theirs.id}`) ?? '')
      for (const path of ['', '/accounts']) {
        refused(await look(world, world.browser(), `/connect-session/${mine.id}${path}`), 404, 'not_found')
        refused(await look(world, them, `/connect-session/${mine.id}${path}`), 404, 'not_found')
        refused(await submit(world, them, `/connect-session/${mine.id}${path}`), 404, 'not_found')
      }
      expect(cookie).not.toContain(mine.token.slice(3))
    })

    it('takes a POST of our own page alone, and a link is not used up by another', async () => {
      const made = await makeSession(world)
      const token = new URL(made.url).hash.slice(1)
      for (const headers of [{}, { 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
        const type = { 'content-type': 'application/x-www-form-urlencoded' }
        const answer = await send(world, 'POST', '/connect-session', { ...headers, ...type }, `token=${token}`)
        expectProblem(answer, 403, 'cross_site')
      }
      const browser = world.browser()
      expect((await open(world, browser, made)).status).toBe(303)
      const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
      for (const path of ['', '/accounts'])
        expectProblem(
          await send(world, 'POST', `/connect-session/${made.id}${path}`, { cookie, 'sec-fetch-site': 'cross-site' }),
          403,
          'cross_site',
        )
    })

    it('starts one flow, at a provider that it names', async () => {
      const made = await makeSession(world, { providers: ['linkedin'] })
      const browser = world.browser()
      await open(world, browser, made)
      refused(await press(world, browser, made, 'hubspot'), 403, 'forbidden')
      expect((await press(world, browser, made)).status).toBe(303)
      refused(await press(world, browser, made), 409, 'connect_session_used')
      refused(await look(world, browser, `/connect-session/${made.id}`), 409, 'connect_session_used')
      expect(await world.database.query('select 1 from mooring.flows')).toHaveLength(1)
    })

    it('starts exactly one of ten flows that are asked for at once', async () => {
      const made = await makeSession(world)
      const browser = world.browser()
      await open(world, browser, made)
      const all = await Promise.all(Array.from({ length: 10 }, () => press(world, browser, made)))
      expect(all.filter((one) => one.status === 303)).toHaveLength(1)
      expect(all.filter((one) => one.status === 409)).toHaveLength(9)
      expect(await world.database.query('select 1 from mooring.flow_states')).toHaveLength(1)
    })

    it('shows pages that hold no token, load nothing from elsewhere, and cannot be framed', async () => {
      const made = await makeSession(world, { endUser: { id: 'x', name: '<img src=x onerror=alert(1)>' } })
      const browser = world.browser()
      const opener = await look(world, browser, '/connect-session')
      expect(opener.headers.get('content-security-policy')).toMatch(/script-src 'self';/)
      expect(opener.text.match(/<script[^>]*>/g)).toEqual(['<script src="connect-session.js" defer>'])
      const script = await look(world, browser, '/connect-session.js')
      expect(script.headers.get('content-type')).toBe('text/javascript')
      await open(world, browser, made)
      const page = await look(world, browser, `/connect-session/${made.id}`)
      expect(page.headers.get('content-security-policy')).not.toContain('script-src')
      expect(page.text).not.toMatch(/<script|<img/)
      for (const one of [opener, page]) {
        expect(one.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
        expect(one.headers.get('cache-control')).toBe('no-store')
        expect(one.headers.get('referrer-policy')).toBe('same-origin')
        expect(one.text).not.toContain(made.token)
        expect(one.text).not.toMatch(/(?:src|href)="(?!\/favicon|connect-session\.js|https:\/\/app\.example\.com\/)/)
      }
    })
  })

  describe('completing it', () => {
    const held = async () => brought(await walk(world, world.browser(), await makeSession(world)))

    it('is once: the second is told so, and of ten at once one gets it', async () => {
      const flow = await held()
      const all = await Promise.all(Array.from({ length: 10 }, () => complete(world, flow, 'ada')))
      expect(all.filter((one) => one.status === 200)).toHaveLength(1)
      for (const { body } of all.filter((one) => one.status !== 200))
        expect(['completion_refused', 'flow_finished']).toContain(body.code)
      expect((await complete(world, flow, 'ada')).body.code).toBe('flow_finished')
      expect(await stored(world)).toMatchObject({ connections: 1 })
    })

    it('takes its own code alone, and a wrong one spoils nothing', async () => {
      const [mine, theirs] = [await held(), await held()]
      for (const code of [theirs.code, `${mine.code.slice(0, -2)}AA`]) {
        const answer = await complete(world, { ...mine, code }, 'ada')
        expect([answer.status, answer.body.code]).toEqual([400, 'completion_refused'])
      }
      for (const code of ['x', 'A'.repeat(64)])
        expect((await complete(world, { ...mine, code }, 'ada')).body.code).toBe('not_found')
      expect((await complete(world, mine, 'ada')).status).toBe(200)
    })

    it('is over after ten minutes: what was held is thrown away, looked at or not', async () => {
      const [looked, swept] = [await held(), await held()]
      world.advance(10 * 60 + 1)
      expect(await dropOverdue(world.mooring.engine)).toBe(2)
      for (const flow of [looked, swept]) {
        const answer = await complete(world, flow, 'ada')
        expect([answer.status, answer.body.code]).toEqual([410, 'flow_expired'])
        expect(await flowRow(world, flow.flow)).toMatchObject({ state: 'expired', held_tokens: null })
      }
      expect(await stored(world)).toEqual(NOTHING)
    })

    it('is over after ten minutes also where no sweep came by', async () => {
      const flow = await held()
      world.advance(10 * 60 + 1)
      expect((await complete(world, flow, 'ada')).body.code).toBe('flow_expired')
      expect(await stored(world)).toEqual(NOTHING)
    })

    it('is for keys of the instance and of the flow’s own workspace', async () => {
      const flow = await held()
      const scopes = ['connections:write', 'connections:read']
      const key = async (workspaceId: string) =>
        (await post('/api/v1/api-keys', { name: 'one', scopes, workspaceId })).body.key
      const own = await key((await flowRow(world, flow.flow)).workspace_id)
      const foreign = await key((await makeSession(world, { workspace: { externalId: 'other' } })).workspaceId)
      const by = (bearer: string) => complete(world, flow, 'ada', { authorization: `Bearer ${bearer}` })
      expect((await by(foreign)).body.code).toBe('not_found')
      expect((await by(await keyWith(world, 'connections:read'))).body.code).toBe('forbidden')
      const state = await world.api('GET', `/flows/${flow.flow}`, undefined, { authorization: `Bearer ${own}` })
      expect(state.body).toMatchObject({ state: 'awaiting_completion', connectionId: null, identity: null })
      expect((await by(own)).status).toBe(200)
    })

    it('is refused while the flow is pending, and where it was given up', async () => {
      const made = await makeSession(world)
      const browser = world.browser()
      await open(world, browser, made)
      await press(world, browser, made)
      const [row] = await world.database.query<{ id: string }>('select id from mooring.flows')
      const code = Buffer.concat([Buffer.from(made.workspaceId.replaceAll('-', ''), 'hex'), Buffer.alloc(32)])
      const flow = { flow: row?.id ?? '', code: code.toString('base64url') }
      expect((await complete(world, flow, 'ada')).body.code).toBe('conflict')
    })

    it('fails with what the platform says where it does not stand by its token, and nothing stays', async () => {
      const flow = await held()
      world.sandbox.control.apply({ linkedin: { revokeGrant: { registration: 'linkedin', member: 'mara' } } })
      const answer = await complete(world, flow, 'ada')
      expect([answer.status, answer.body.code]).toEqual([400, 'code_refused'])
      expect(await stored(world)).toEqual(NOTHING)
      expect((await complete(world, flow, 'ada')).body.code).toBe('flow_finished')
      world.sandbox.control.apply({ reset: true, clock: { set: Math.round(world.now()) } })
    })
  })

  describe('its token as a key, for a page of the host', () => {
    const as = (token: string) => ({ authorization: `Bearer ${token}` })
    const api = (token: string, method: string, path: string, body?: unknown) =>
      world.api(method, path, body, as(token))

    it('lists what may be connected, starts one flow, looks at it, gives it up', async () => {
      const { token, url } = await makeSession(world, { providers: ['linkedin'] })
      const listed = await api(token, 'GET', '/providers')
      expect(listed.body.data.map((one: { id: string }) => one.id)).toEqual(['linkedin'])
      expect((await api(token, 'GET', '/providers/hubspot')).status).toBe(404)
      expect((await api(token, 'POST', '/flows', { provider: 'hubspot' })).body.code).toBe('forbidden')
      const started = await api(token, 'POST', '/flows', { provider: 'linkedin', returnTo: '/elsewhere', endUser: 'x' })
      expect(started.body).toMatchObject({ state: 'pending', returnTo: RETURN_TO })
      expect(await flowRow(world, started.body.id)).toMatchObject({ end_user: 'ada', complete_at: COMPLETE_AT })
      expect((await api(token, 'POST', '/flows', { provider: 'linkedin' })).body.code).toBe('connect_session_used')
      expect((await api(token, 'GET', `/flows/${started.body.id}`)).status).toBe(200)
      // No browser opens what a page uses, and the other way round.
      expect((await open(world, world.browser(), { url })).status).toBe(409)
      expect((await api(token, 'DELETE', `/flows/${started.body.id}`)).status).toBe(204)
      expect((await api(token, 'GET', `/flows/${started.body.id}`)).body.state).toBe('failed')
      const other = await makeSession(world)
      await open(world, world.browser(), other)
      expect((await api(other.token, 'GET', '/providers')).body.code).toBe('connect_session_used')
    })

    it('chooses the accounts of its flow', async () => {
      const { token } = await makeSession(world)
      const browser = world.browser()
      const started = await browser.send('POST', '/flows', { provider: 'linkedin' }, as(token))
      const flow = brought(await look(world, browser, await browser.consent(started.body.authorizeUrl)))
      expect((await api(token, 'GET', `/flows/${flow.flow}`)).body.state).toBe('awaiting_completion')
      // Its own page chooses: ours has no cookie to know it by.
      const completed = await complete(world, flow, 'ada')
      expect(completed.body.next).toBe(`${RETURN_TO}?flow=${flow.flow}&checkpoint=accounts`)
      const { candidates } = (await api(token, 'GET', `/flows/${flow.flow}`)).body
      const done = await api(token, 'POST', `/flows/${flow.flow}/accounts`, { accounts: [candidates[0].id] })
      expect(done.body.state).toBe('connected')
      expect(await stored(world)).toMatchObject({ accounts: 1 })
    })

    it('opens nothing else: no other flow, and no other route', async () => {
      const made = await makeSession(world, { workspace: undefined })
      const { token } = made
      const foreign = (await world.api('POST', '/flows', { provider: 'linkedin' })).body.id
      for (const [method, path, body] of [
        ['GET', `/flows/${foreign}`],
        ['DELETE', `/flows/${foreign}`],
        ['POST', `/flows/${foreign}/accounts`, { accounts: [] }],
        ['POST', `/flows/${foreign}/candidates`],
      ] as const)
        expect((await api(token, method, path, body)).body.code, `${method} ${path}`).toBe('not_found')
      for (const [method, path, body] of [
        ['GET', '/connections'],
        ['GET', `/connections/${UNKNOWN}`],
        ['GET', `/connections/${UNKNOWN}/token`],
        ['DELETE', `/connections/${UNKNOWN}`],
        ['POST', `/connections/${UNKNOWN}/refresh`],
        ['GET', '/accounts'],
        ['GET', '/forecast'],
        ['GET', '/alerts'],
        ['GET', '/api/v1/api-keys'],
        ['GET', '/vault'],
        ['GET', `/proxy/${UNKNOWN}/v2/me`],
        ['POST', '/connect-sessions', wanted()],
        ['POST', `/flows/${foreign}/complete`, { code: 'x', endUser: { id: 'ada' } }],
        ['POST', '/connections/import', { records: [] }],
      ] as const)
        expect((await api(token, method, path, body)).body.code, `${method} ${path}`).toBe('forbidden')
      expect((await api(token, 'GET', '/session')).status).toBe(401)
      expect((await send(world, 'GET', '/api/v1/flows', { ...as(token), ...sameOrigin })).status).toBe(405)
    })

    it('is over as the link is', async () => {
      const { token } = await makeSession(world)
      world.advance(15 * 60 + 1)
      const answer = await api(token, 'GET', '/providers')
      expect([answer.status, answer.body.code]).toEqual([410, 'connect_session_expired'])
      expect((await api(`${token.slice(0, -2)}AA`, 'GET', '/providers')).status).toBe(401)
    })
  })
})
