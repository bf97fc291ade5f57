import { request as connectTo } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { finishFlow } from '../../src/flows/finish.ts'
import { createWorld, type Json, type World } from '../world.ts'
import { type Acme, startAcme } from './acme.ts'
import {
  bare,
  deliver,
  FORM,
  halves,
  OTHER_SECRET,
  pushes,
  request,
  type Sent,
  signed,
  type Told,
  webhook,
} from './pushing.ts'
import { dump, leaks, onPort, rows, secondTenant, startIn, type Tenant } from './support.ts'

const TABLES = ['connections', 'accounts', 'flows', 'events', 'grant_holders', 'past_holders', 'pushes', 'erasures']

describe('#24 forged pushes', () => {
  let acme: Acme
  let world: World
  let them: Tenant
  let nth = 0
  let person: string
  beforeAll(async () => {
    acme = await startAcme({ pushes })
    world = await createWorld({
      providers: [acme.provider],
      platformOrigins: acme.origins,
      env: { ACME_TWO_CLIENT_ID: 'test-acme-two', ACME_TWO_CLIENT_SECRET: OTHER_SECRET },
    })
    them = await secondTenant(world)
  })
  afterAll(async () => {
    await world.close()
    await acme.stop()
  })
  beforeEach(() => {
    person = `person-canary-${++nth}-${crypto.randomUUID()}`
    acme.onToken = undefined
  })

  const stored = () => rows(world, ...TABLES)
  async function connect(subject = person, workspace = world.workspace): Promise<string> {
    const started = await startIn(world, workspace, { provider: 'acme' })
    const callback = new URL(acme.approve(started.authorizeUrl, { subject }))
    const done = await finishFlow(world.mooring.engine, {
      registration: 'acme',
      params: callback.searchParams,
      binding: () => started.binding,
      present: [],
    })
    expect(done.error).toBeUndefined()
    return (await world.mooring.engine.store.flows.get(workspace, started.flowId))?.connection_id ?? ''
  }
  const row = async (id: string): Promise<Json> =>
    (await world.database.query('select * from mooring.connections where id = $1', [id]))[0]
  const told = async (id: string): Promise<string[]> =>
    (
      await world.database.query<{ line: string }>(
        "select type || ' by ' || actor as line from mooring.events where connection_id = $1 order by at, id",
        [id],
      )
    ).map((one) => one.line)
  const REMOVED = ['connection.connected by API key', 'connection.reauthorize by Acme'].map((one) =>
    one.replace('API key', 'Engine'),
  )

  describe('a good one', () => {
    it.each<[string, () => Sent]>([
      ['a signed_request', () => signed(world, person)],
      [
        'a signed_request at the edge of its window',
        () => signed(world, person, { issuedAt: world.now() / 1000 - 290 }),
      ],
      ['a signed_request of a clock that is ahead', () => signed(world, person, { issuedAt: world.now() / 1000 + 50 })],
      ['a version 3 webhook', () => webhook(world, [person])],
      ['a version 3 webhook of many', () => webhook(world, ['somebody', person, 12, person])],
      [
        'a version 3 webhook that a proxy passed on',
        () => ({ ...webhook(world, [person]), origin: 'http://10.0.0.7:8003' }),
      ],
      ['a version 3 webhook with a query', () => webhook(world, [person], { path: '/push/acme/webhook?a=1&b=%20' })],
    ])('%s ends the connection in every workspace, and no other', async (_, made) => {
      world.advance(-400)
      const mine = await connect()
      const theirs = await connect(person, them.workspace)
      const bystander = await connect(`${person}-else`)
      world.advance(400)
      const before = await row(mine)
      expect(bare(await deliver(world, made()))).toMatchObject({ status: 200, text: '' })
      for (const id of [mine, theirs]) {
        expect(await row(id)).toMatchObject({
          state: 'reauthorize',
          problem_code: 'reauthorize',
          problem_message: 'Access was removed on Acme. Reconnect to go on.',
          token_version: '2',
          access_token: expect.any(String),
        })
        expect(await told(id)).toEqual(REMOVED)
      }
      expect((await row(mine)).access_token).toBe(before.access_token)
      expect((await row(bystander)).state).toBe('connected')
      const asked = acme.tokenRequests.length
      const read = await world.api('GET', `/connections/${mine}/token`)
      expect([read.status, read.body.code]).toEqual([409, 'reauthorize'])
      expect(acme.tokenRequests).toHaveLength(asked)
      // The person comes back.
      expect(await connect()).toBe(mine)
      expect((await world.api('GET', `/connections/${mine}/token`)).status).toBe(200)
    })

    it('is carried out once, however often and at once it comes', async () => {
      const id = await connect()
      const push = signed(world, person)
      const answers = await Promise.all(Array.from({ length: 8 }, () => deliver(world, push)))
      expect(new Set(answers.map((one) => JSON.stringify(bare(one))))).toHaveLength(1)
      expect(await told(id)).toEqual(REMOVED)
      expect((await row(id)).token_version).toBe('2')
      await connect()
      const before = await stored()
      expect((await deliver(world, push)).status).toBe(200)
      expect(await stored()).toBe(before)
      expect((await row(id)).state).toBe('connected')
    })

    it('is known again when its signature is written in another way', async () => {
      await connect()
      const push = signed(world, person)
      expect((await deliver(world, push)).status).toBe(200)
      await connect()
      const before = await stored()
      for (const body of [`${push.body}&more=1`, String(push.body).replace('.', '%2E')])
        expect((await deliver(world, { ...push, body })).status).toBe(200)
      expect(await stored()).toBe(before)
    })

    it('after its window is as good as none', async () => {
      const push = signed(world, person)
      expect((await deliver(world, push)).status).toBe(200)
      await connect()
      world.advance(301)
      await refused(push)
      world.advance(400)
      expect((await deliver(world, signed(world, `${person}-else`))).status).toBe(200)
      const [left] = await world.database.query<{ n: string }>('select count(*) as n from mooring.pushes')
      expect(left?.n).toBe('1')
    })

    it('says nothing of a connection that was made after it was signed', async () => {
      const id = await connect()
      expect((await deliver(world, signed(world, person, { issuedAt: world.now() / 1000 - 240 }))).status).toBe(200)
      expect((await row(id)).state).toBe('connected')
    })

    it('answers the same for somebody who was never here', async () => {
      await connect()
      const here = await deliver(world, signed(world, person))
      const nobody = await deliver(world, signed(world, `${person}-never`))
      expect(bare(nobody)).toEqual(bare(here))
      const erased = await deliver(world, signed(world, person, { path: '/push/acme/erase' }))
      const none = await deliver(world, signed(world, `${person}-never`, { path: '/push/acme/erase' }))
      const uncoded = (one: Told) => ({ ...bare(one), text: one.text.replace(/[0-9a-f]{32}/g, 'code') })
      expect(uncoded(none)).toEqual(uncoded(erased))
      for (const subject of ['nul\0', '', '\ud800', '😀'.repeat(50), "' or true --"])
        expect((await deliver(world, webhook(world, [subject]))).status, subject).toBe(200)
    })

    it('of one registration says nothing of another', async () => {
      const id = await connect()
      const push = signed(world, person, { path: '/push/acme-two/deauthorize', secret: OTHER_SECRET })
      expect((await deliver(world, push)).status).toBe(200)
      expect((await row(id)).state).toBe('connected')
    })

    it('fences a refresh that is under way: what it brings home is not stored', async () => {
      const id = await connect()
      const asked = Promise.withResolvers<void>()
      const released = Promise.withResolvers<void>()
      acme.onToken = async (_, response) => {
        asked.resolve()
        await released.promise
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ access_token: 'late', token_type: 'Bearer', expires_in: 3600 }))
      }
      const refresh = world.api('POST', `/connections/${id}/refresh`)
      await asked.promise
      expect((await deliver(world, signed(world, person))).status).toBe(200)
      const marked = await row(id)
      released.resolve()
      expect(await refresh).toMatchObject({ status: 409, body: { code: 'reauthorize' } })
      expect(await row(id)).toEqual(marked)
      expect(marked).toMatchObject({ state: 'reauthorize', lease_id: null })
      expect((await world.api('GET', `/connections/${id}/token`)).body.code).toBe('reauthorize')
    })

    it('is done whole or not at all, and the next try is the first', async () => {
      const [mine, theirs] = [await connect(), await connect(person, them.workspace)]
      const push = signed(world, person)
      const before = await stored()
      await world.database.query(
        `alter table mooring.events add constraint broken check (type <> 'connection.reauthorize' or connection_id <> '${theirs}') not valid`,
      )
      expect((await deliver(world, push)).status).toBe(500)
      expect(await stored()).toBe(before)
      await world.database.query('alter table mooring.events drop constraint broken')
      expect((await deliver(world, push)).status).toBe(200)
      for (const id of [mine, theirs]) expect(await told(id)).toEqual(REMOVED)
    })
  })

  describe('an erasure', () => {
    const erase = (subject = person) => signed(world, subject, { path: '/push/acme/erase' })

    it('leaves nothing of the person, in no workspace, ended connections included, and can be looked up', async () => {
      const [mine, theirs] = [await connect(), await connect(person, them.workspace)]
      expect((await them.api('DELETE', `/connections/${theirs}`)).status).toBe(200)
      const bystander = await connect(`bystander-of-${nth}-${crypto.randomUUID()}`)
      expect(leaks(await dump(world), { person })).toHaveLength(1)
      const answer = await deliver(world, erase())
      expect(answer.status).toBe(200)
      const { url, confirmation_code: code, ...rest } = JSON.parse(answer.text)
      expect(rest).toEqual({})
      expect(code).toMatch(/^[0-9a-z]{16,64}$/)
      expect(url).toBe(`http://localhost:8003/push/status/${code}`)
      const left = await dump(world)
      expect(leaks(left, { person, code })).toEqual([])
      for (const id of [mine, theirs])
        expect(await row(id)).toMatchObject({
          state: 'disconnected',
          label: 'Erased',
          subject: `erased:${id}`,
          access_token: null,
          refresh_token: null,
          disconnected_at: expect.any(Date),
        })
      expect((await told(mine)).at(-1)).toBe('connection.disconnected by Acme')
      expect((await told(theirs)).at(-1)).toBe('connection.erased by Acme')
      expect((await row(bystander)).state).toBe('connected')
      expect((await world.api('GET', `/connections/${mine}`)).body.accounts).toEqual([])
      const status = await deliver(world, { path: new URL(url).pathname, headers: {}, body: '' }, 'GET')
      expect(status.status).toBe(200)
      expect(status.text).toContain(new Date(world.now()).toISOString().slice(0, 10))
      expect(status.text).not.toMatch(/acme|person|workspace/i)
      // Somebody new, who authorizes again.
      expect(await connect()).not.toBe(mine)
    })

    it('is the only way for the history to lose a sentence', async () => {
      const id = await connect()
      const before = await rows(world, 'events')
      await world.mooring.engine.store.foreignSql(
        `begin; select set_config('mooring.workspace', '${world.workspace}', true); select mooring.forget_in_events('${id}'); commit`,
      )
      expect(await rows(world, 'events')).toBe(before)
    })

    it('answers a replay with the same code and erases nothing that came after it', async () => {
      await connect()
      const push = erase()
      const first = await deliver(world, push)
      const again = await connect()
      expect((await deliver(world, push)).text).toBe(first.text)
      expect((await row(again)).state).toBe('connected')
    })

    it('is not swallowed by a removal that was signed with the very same words', async () => {
      const id = await connect()
      const removal = signed(world, person)
      expect((await deliver(world, removal)).status).toBe(200)
      expect((await deliver(world, { ...removal, path: '/push/acme/erase' })).status).toBe(200)
      expect((await row(id)).label).toBe('Erased')
    })

    it('tells nothing under a code that nobody was given', async () => {
      for (const code of ['0'.repeat(32), 'x', `${'0'.repeat(31)}'`, '%00', 'f'.repeat(5000)]) {
        const answer = await deliver(world, { path: `/push/status/${code}`, headers: {}, body: '' }, 'GET')
        expect([answer.status, answer.text.includes('Not known')], code).toEqual([404, true])
      }
    })
  })

  /** Refused with nothing changed, nothing told and nothing logged of what was sent. */
  async function refused(sent: Sent, status = 401, method = 'POST'): Promise<void> {
    const before = await stored()
    world.logs.length = 0
    const answer = await deliver(world, sent, method)
    expect(answer.status, answer.text).toBe(status)
    const code = { 401: 'push_refused', 404: 'not_found', 405: 'method_not_allowed', 413: 'body_too_large' }[status]
    expect(JSON.parse(answer.text).code).toBe(code)
    expect(await stored()).toBe(before)
    const [mark, payload] = halves(sent)
    const pieces = { person, mark, payload, other: sent.headers['x-hubspot-signature-v3'] ?? '' }
    const canaries = Object.fromEntries(Object.entries(pieces).filter(([, value]) => value.length >= 16))
    expect(leaks(`${answer.text} ${JSON.stringify(world.logs)}`, canaries)).toEqual([])
  }

  const second = () => Math.floor(world.now() / 1000)
  const swapped = (sent: Sent, from: Sent): Sent => request(`${halves(sent)[0]}.${halves(from)[1]}`)
  const v3 = (change: (sent: Sent) => Partial<Sent>): Sent => {
    const sent = webhook(world, [person])
    const { headers, ...rest } = change(sent)
    return { ...sent, ...rest, headers: { ...sent.headers, ...headers } }
  }
  const without = (name: string): Sent => {
    const sent = webhook(world, [person])
    return { ...sent, headers: Object.fromEntries(Object.entries(sent.headers).filter(([key]) => key !== name)) }
  }

  it.each<[string, () => Sent]>([
    ['signed with a wrong secret', () => signed(world, person, { secret: 'wrong' })],
    ['signed with an empty secret', () => signed(world, person, { secret: '' })],
    ['signed with the secret of another registration', () => signed(world, person, { secret: OTHER_SECRET })],
    ['sent to another registration', () => signed(world, person, { path: '/push/acme-two/deauthorize' })],
    ['with the payload of another', () => swapped(signed(world, 'nobody'), signed(world, person))],
    ['with a signature cut short', () => request(halves(signed(world, person)).join('.').slice(1))],
    [
      'with a signature of its first byte',
      () => request(`${halves(signed(world, person))[0].slice(0, 2)}.${halves(signed(world, person))[1]}`),
    ],
    ['with an empty signature', () => request(`.${halves(signed(world, person))[1]}`)],
    ['without a dot', () => request(halves(signed(world, person))[1])],
    ['with an empty payload', () => request(`${halves(signed(world, person))[0]}.`)],
    ['with padding on its signature', () => request(halves(signed(world, person)).join('=.'))],
    ['with a space in its signature', () => request(` ${halves(signed(world, person)).join('.')}`)],
    ['with a third part', () => request(`${halves(signed(world, person)).join('.')}.x`)],
    ['with the algorithm none', () => signed(world, person, { algorithm: 'none' })],
    [
      'with the algorithm none and no signature',
      () => request(`.${halves(signed(world, person, { algorithm: 'none' }))[1]}`),
    ],
    ['with HMAC-SHA1, named', () => signed(world, person, { algorithm: 'HMAC-SHA1' })],
    ['with HMAC-SHA1, named and done', () => signed(world, person, { algorithm: 'HMAC-SHA1', hash: 'sha1' })],
    ['with SHA-1 done alone', () => signed(world, person, { hash: 'sha1' })],
    ['signed 5 minutes and a second ago', () => signed(world, person, { issuedAt: second() - 302 })],
    ['signed last year', () => signed(world, person, { issuedAt: second() - 31_536_000 })],
    ['signed a minute ahead', () => signed(world, person, { issuedAt: second() + 63 })],
    ['signed in milliseconds', () => signed(world, person, { issuedAt: second() * 1000 })],
    ['signed at no time', () => signed(world, person, { issuedAt: null })],
    ['signed at a word', () => signed(world, person, { issuedAt: 'now' })],
    ['of nobody', () => signed(world, null)],
    ['of somebody who is a list', () => signed(world, [person])],
    ['as JSON', () => ({ ...signed(world, person), headers: { 'content-type': 'application/json' } })],
    ['without a content type', () => ({ ...signed(world, person), headers: { 'content-type': '' } })],
    [
      'twice in one body',
      () => ({ ...signed(world, person), body: `${signed(world, person).body}&${signed(world, person).body}` }),
    ],
    ['with an empty body', () => ({ ...signed(world, person), body: '' })],
    [
      'with bytes that are no text',
      () => ({ ...signed(world, person), body: Uint8Array.of(0xff, 0xfe, 0, 0xc3, 0x28) }),
    ],
    [
      'in the query, not in the body',
      () => ({ ...signed(world, person), path: `/push/acme/deauthorize?${signed(world, person).body}`, body: 'a=b' }),
    ],
    ['with look-alikes in its signature', () => request(halves(signed(world, person)).join('.').replace(/[aA]/, 'а'))],
  ])('refuses a signed_request %s', async (_, made) => {
    await connect()
    await refused(made())
  })

  it.each<[string, () => Sent]>([
    ['signed with a wrong secret', () => webhook(world, [person], { secret: 'wrong' })],
    ['signed with the secret of another registration', () => webhook(world, [person], { secret: OTHER_SECRET })],
    [
      'with its body written anew',
      () => v3(({ body }) => ({ body: JSON.stringify(JSON.parse(String(body)), null, 1) })),
    ],
    ['with a line break after its body', () => v3(({ body }) => ({ body: `${body}\n` }))],
    ['with another body', () => v3(() => ({ body: String(webhook(world, ['x']).body) }))],
    ['with an empty body', () => v3(() => ({ body: '' }))],
    ['without its signature', () => without('x-hubspot-signature-v3')],
    ['without its time', () => without('x-hubspot-request-timestamp')],
    ['with an empty signature', () => v3(() => ({ headers: { 'x-hubspot-signature-v3': '' } }))],
    ['with half a signature', () => v3(({ headers }) => ({ headers: cut(headers, 22) }))],
    ['with two signatures', () => v3(({ headers }) => ({ headers: twice(headers) }))],
    [
      'with another time than it was signed with',
      () => v3(() => ({ headers: { 'x-hubspot-request-timestamp': `${second() - 7}000` } })),
    ],
    ['signed 5 minutes and a second ago', () => webhook(world, [person], { at: `${world.now() - 302_000}` })],
    ['signed a minute ahead', () => webhook(world, [person], { at: `${world.now() + 63_000}` })],
    ['signed at a time that is no number', () => webhook(world, [person], { at: 'NaN' })],
    ['signed at infinity', () => webhook(world, [person], { at: 'Infinity' })],
    ['signed before there was time', () => webhook(world, [person], { at: '-1' })],
    ['signed for the address in its Host header', () => v3ForHost()],
    [
      'signed for another address',
      () => webhook(world, [person], { signedUrl: 'http://localhost:8003/push/acme/other' }),
    ],
    ['with a query that was not signed', () => v3(({ path }) => ({ path: `${path}?a=1` }))],
    ['sent to another registration', () => v3(() => ({ path: '/push/acme-two/webhook' }))],
    ['with JSON that is none', () => webhook(world, [], { body: `[{"portalId":"${person}"` })],
    ['with broken UTF-8 under a good signature', () => brokenUtf8()],
    ['of another content type', () => v3(() => ({ headers: { 'content-type': FORM } }))],
  ])('refuses a version 3 webhook %s', async (_, made) => {
    await connect()
    await refused(made())
  })

  const cut = (headers: Sent['headers'], at: number) => ({
    'x-hubspot-signature-v3': (headers['x-hubspot-signature-v3'] ?? '').slice(0, at),
  })
  const twice = (headers: Sent['headers']) => ({
    'x-hubspot-signature-v3': `${headers['x-hubspot-signature-v3']}, ${headers['x-hubspot-signature-v3']}`,
  })
  const v3ForHost = (): Sent => {
    const sent = webhook(world, [person], { signedUrl: 'https://evil.example/push/acme/webhook' })
    const forged = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }
    return { ...sent, origin: 'https://evil.example', headers: { ...sent.headers, ...forged } }
  }
  const brokenUtf8 = (): Sent => {
    const sent = webhook(world, [person])
    return { ...sent, body: Buffer.concat([Buffer.from(String(sent.body)), Buffer.of(0xc3, 0x28)]) }
  }

  it.each<[string, number, () => Sent]>([
    ['a body of 64 KB and a byte', 413, () => ({ ...signed(world, person), body: 'x'.repeat(65_537) })],
    [
      'a huge body under a good signature',
      413,
      () =>
        webhook(
          world,
          Array.from({ length: 4000 }, () => person),
        ),
    ],
    ['a registration that is not there', 404, () => signed(world, person, { path: '/push/nobody/deauthorize' })],
    ['a push that is not there', 404, () => signed(world, person, { path: '/push/acme/other' })],
    [
      'a push by the name of what every object has',
      404,
      () => signed(world, person, { path: '/push/acme/constructor' }),
    ],
    ['a registration by such a name', 404, () => signed(world, person, { path: '/push/__proto__/deauthorize' })],
    ['a path with a traversal', 404, () => signed(world, person, { path: '/push/acme/..%2fwebhook' })],
  ])('refuses %s', async (_, status, made) => {
    await connect()
    await refused(made(), status)
  })

  describe('over a real port', () => {
    let port: Awaited<ReturnType<typeof onPort>>
    beforeAll(async () => {
      port = await onPort(world)
    })
    afterAll(() => port.stop())

    /** In pieces, without a length, under a Host of somebody else's choice. */
    const post = (sent: Sent, pieces: Iterable<Uint8Array>): Promise<number> =>
      new Promise((done, failed) => {
        const headers = { ...sent.headers, host: 'evil.example' }
        const asked = connectTo({ port: port.port, method: 'POST', path: sent.path, headers }, (answer) => {
          answer.resume()
          done(answer.statusCode ?? 0)
        })
        asked.on('error', failed)
        for (const piece of pieces) asked.write(piece)
        asked.end()
      })

    it('reads the very bytes, however they come', async () => {
      const subject = `${person}-Zoë-😀`
      const id = await connect(subject)
      const sent = webhook(world, [subject])
      const bytes = Buffer.from(String(sent.body))
      const middle = bytes.indexOf('😀') + 2
      expect(await post(sent, [bytes.subarray(0, middle), bytes.subarray(middle), Buffer.of(0x20)])).toBe(401)
      expect((await row(id)).state).toBe('connected')
      expect(await post(sent, [bytes.subarray(0, middle), bytes.subarray(middle)])).toBe(200)
      expect((await row(id)).state).toBe('reauthorize')
    })

    it('stops reading what is too large, though no length was told', async () => {
      const before = await stored()
      const sent = webhook(world, [person])
      const pieces = Array.from({ length: 80 }, () => Buffer.alloc(1024, 'x'))
      expect(await post(sent, pieces)).toBe(413)
      expect(await stored()).toBe(before)
    })
  })

  it('takes a POST alone', async () => {
    await connect()
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) await refused(signed(world, person), 405, method)
  })

  it('has no address where the registration has no secret or the provider takes no pushes', async () => {
    const { engine } = world.mooring
    const [first] = engine.registrations
    if (!first?.client) throw new Error('no client')
    const { pushes: _, ...mute } = first.provider
    const bare = [
      { ...first, client: undefined },
      { ...first, client: { clientId: 'x', clientSecret: undefined } },
      { ...first, client: { clientId: 'x', clientSecret: '' } },
      { ...first, provider: mute },
    ]
    const known = engine.registrations
    for (const one of bare) {
      engine.registrations = [one]
      await refused(signed(world, person, { secret: '' }), 404)
    }
    engine.registrations = known
    expect((await deliver(world, signed(world, person))).status).toBe(200)
  })
})
