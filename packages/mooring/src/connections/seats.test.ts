/** A seat's life after it was connected: looked at, lost, signed in anew, ended; against the sandbox of Unipile and HeyReach. */
import { afterEach, describe, expect, it } from 'vitest'
import { mail, PASSWORD, seated, seatFlow } from '../../test/seats.ts'
import { COMPLETE_AT, HOST_ENV, makeSession } from '../../test/sessions.ts'
import { createWorld, type World, type WorldOptions } from '../../test/world.ts'
import { keepFresh } from './keep-fresh.ts'

let world: World
afterEach(() => world.close())

const open = async (options: WorldOptions = {}) => {
  world = await createWorld({ ...options, env: { MOORING_STARTS_PER_HOUR: '1000', ...options.env } })
  return world
}
const play = (command: object) => world.sandbox.control.apply(command as never)
const look = (id: string) => keepFresh(world.mooring.engine, world.workspace, id)
const connection = async (id: string) => (await world.api('GET', `/connections/${id}`)).body
const connected = async (person = 'ada', provider = 'unipile'): Promise<string> => {
  const flow = await (await seatFlow(world, { provider })).signIn(person)
  expect(flow, JSON.stringify(flow.error)).toMatchObject({ state: 'connected' })
  return flow.connectionId
}

describe('a seat at Unipile', () => {
  it('is one account, without any token', async () => {
    await open()
    const id = await connected()
    const found = await connection(id)
    expect(found).toMatchObject({
      state: 'connected',
      accessTokenExpiresAt: null,
      health: { level: 'ok', reason: 'renews', message: expect.stringContaining('every 15 minutes') },
      accounts: [{ kind: 'seat', label: 'Ada Moreau' }],
    })
    expect(await world.api('GET', `/connections/${id}/token`)).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    })
    expect(await world.api('GET', `/accounts/${found.accounts[0].id}/token`)).toMatchObject({ status: 409 })
    expect(await world.api('GET', `/proxy/${id}/api/v1/accounts`)).toMatchObject({ status: 409 })
    expect(await world.api('POST', `/connections/${id}/test`)).toMatchObject({ body: { ok: true } })
  })

  it('needs its person when its session is lost, and comes back when they sign in anew', async () => {
    await open()
    const id = await connected()
    await expect.poll(() => world.sandbox.control.requests('unipile.webhook-create'), { timeout: 20_000 }).toBe(1)
    play({ unipile: { seat: { person: 'ada', status: 'CREDENTIALS' } } })
    await look(id)
    expect(await connection(id)).toMatchObject({
      state: 'reauthorize',
      problem: { message: 'LinkedIn ended the session of Ada Moreau. Sign in again to go on.' },
    })
    const again = await (await seatFlow(world, { reconnect: id })).signIn('ada')
    expect(again).toMatchObject({ state: 'connected', outcome: 'reconnected', connectionId: id })
    expect(await connection(id)).toMatchObject({ state: 'connected', problem: null })
  })

  it('refuses somebody else for a reconnect', async () => {
    await open()
    const id = await connected()
    const flow = await seatFlow(world, { reconnect: id })
    let seen = await flow.signIn('sms')
    if (seen.state === 'checkpoint') seen = await flow.code('123456')
    expect(seen).toMatchObject({ state: 'pending', error: { code: 'wrong_identity' } })
    expect(await connection(id)).toMatchObject({ identity: { label: 'Ada Moreau' } })
  })

  it('is not taken for lost where the service is away, or refuses the key', async () => {
    await open()
    const id = await connected()
    play({ outage: { platform: 'unipile' } })
    expect(await look(id)).toBe('failed')
    expect(await connection(id)).toMatchObject({ state: 'failing' })
    play({ outage: false })
    world.advance(3600)
    await look(id)
    expect(await connection(id)).toMatchObject({ state: 'connected', problem: null })
  })

  it('is started again where it was stopped', async () => {
    await open()
    const id = await connected()
    play({ unipile: { seat: { person: 'ada', status: 'STOPPED' } } })
    expect(await look(id)).toBe('waiting')
    expect(await look(id)).toBe('renewed')
    expect(await connection(id)).toMatchObject({ state: 'connected' })
  })

  it('ends at the service with a disconnect', async () => {
    await open()
    const id = await connected()
    expect(await world.api('DELETE', `/connections/${id}`)).toMatchObject({ body: { revoked: 'yes' } })
    expect(world.sandbox.control.requests('unipile.delete')).toBe(1)
  })

  it('is disconnected here where the service cannot end it, and that is said', async () => {
    await open()
    const id = await connected()
    play({ outage: { platform: 'unipile' } })
    expect(await world.api('DELETE', `/connections/${id}`)).toMatchObject({ status: 200, body: { revoked: 'no' } })
    expect(await connection(id)).toMatchObject({ state: 'disconnected' })
  })

  it('signs in by itself where the operator keeps the password, and says so before', async () => {
    await open({ env: { UNIPILE_KEEP_PASSWORD: 'yes' } })
    const flow = await seatFlow(world)
    expect((await flow.look()).credentials).toMatchObject({ keepsPassword: true })
    const { connectionId: id } = await flow.signIn('ada')
    const kept = async () =>
      (
        await world.database.query<{ kept: string | null }>(
          'select kept_credentials as kept from mooring.connections where id = $1',
          [id],
        )
      )[0]?.kept
    expect(await kept()).toMatch(/^v1\./)
    play({ unipile: { seat: { person: 'ada', status: 'CREDENTIALS' } } })
    expect(await look(id)).toBe('renewed')
    expect(await connection(id)).toMatchObject({ state: 'connected' })
    await world.api('DELETE', `/connections/${id}`)
    expect(await kept()).toBeNull()
  })
})

describe('a notice of the service', () => {
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    world.mooring.fetch(
      new Request(`http://localhost:8003${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    )

  it('without the secret is refused, and opens no look', async () => {
    await open()
    await connected()
    const before = world.sandbox.control.requests('unipile.account')
    const body = { AccountStatus: { account_id: 'x', account_type: 'LINKEDIN', message: 'CREDENTIALS' } }
    expect((await post('/push/unipile/seats', body)).status).toBe(401)
    expect((await post('/push/unipile/seats', body, { 'mooring-secret': 'guessed' })).status).toBe(401)
    expect((await post('/push/linkedin/seats', body)).status).toBe(404)
    expect(world.sandbox.control.requests('unipile.account')).toBe(before)
  })

  it('of a hosted page to an address that is nobody’s is refused', async () => {
    await open()
    expect((await post('/hosted/nobody', { account_id: 'x' })).status).toBe(404)
  })
})

describe('a seat at HeyReach', () => {
  it('is picked from those that are there, and stays there after a disconnect', async () => {
    await open()
    const flow = await seatFlow(world, { provider: 'heyreach' })
    expect((await flow.look()).credentials).toMatchObject({
      ways: { password: false, existing: true },
      unverified: null,
    })
    const { data } = (await flow.browser.send('GET', `/flows/${flow.id}/seats`)).body
    expect(data.length).toBeGreaterThan(120)
    const [good] = data.filter((one: { selectable: boolean }) => one.selectable)
    const bad = data.find((one: { valid: boolean }) => !one.valid)
    expect(await flow.post('/seat', { seat: bad.id })).toMatchObject({
      status: 422,
      body: { code: 'accounts_refused' },
    })
    expect((await flow.post('/seat', { seat: good.id })).body).toMatchObject({ state: 'connected' })
    const [{ id }] = (await world.api('GET', '/connections')).body.data
    expect(await look(id)).toBe('renewed')
    play({ heyreach: { seat: { id: Number(good.id), authIsValid: false } } })
    expect(await look(id)).toBe('ended')
    expect(await connection(id)).toMatchObject({ state: 'reauthorize' })
    play({ heyreach: { seat: { id: Number(good.id), authIsValid: true } } })
    expect(await look(id)).toBe('renewed')
    expect(await connection(id)).toMatchObject({ state: 'connected' })
    expect(await world.api('DELETE', `/connections/${id}`)).toMatchObject({ body: { revoked: 'unsupported' } })
    // Once taken, it is greyed out for the next.
    const again = await seatFlow(world, { provider: 'heyreach' })
    const seats = (await again.browser.send('GET', `/flows/${again.id}/seats`)).body.data
    expect(seats.find((one: { id: string }) => one.id === good.id)).toMatchObject({ selectable: true })
  })

  it('is added over the assumed paths where the operator switched them on, marked as unverified', async () => {
    await open({ env: { HEYREACH_ADD_SEATS: 'on' } })
    play({ heyreach: { settings: { senders: 'assumed', slowMs: 10 } } })
    const flow = await seatFlow(world, { provider: 'heyreach' })
    expect((await flow.look()).credentials).toMatchObject({ ways: { password: true }, unverified: expect.any(String) })
    expect(await flow.signIn('sms')).toMatchObject({
      state: 'checkpoint',
      checkpoint: 'code',
      credentials: { method: 'sms' },
    })
    expect(await flow.code('123456')).toMatchObject({ state: 'connected', identity: { label: 'Sam Osei' } })
    const [{ id }] = (await world.api('GET', '/connections')).body.data
    expect(await world.api('DELETE', `/connections/${id}`)).toMatchObject({ body: { revoked: 'yes' } })
  })

  it('shows nobody who came by a link what else the key opens', async () => {
    await open()
    const made = (await world.api('POST', '/connect-links', { provider: 'heyreach', clientName: 'Ada' })).body
    const browser = world.browser()
    const token = made.url.split('/').at(-1)
    const started = await browser.send('POST', '/flows', {}, { authorization: `Bearer ${token}` })
    expect(started.body.credentials).toMatchObject({ ways: { existing: false } })
    expect((await browser.send('GET', `/flows/${started.body.id}/seats`)).status).toBe(409)
  })
})

describe('in a connect session', () => {
  it('is held until the host says who came back, and the browser leaves with the code for it', async () => {
    await open({ env: HOST_ENV })
    const made = await makeSession(world, { providers: ['unipile'] })
    const browser = world.browser()
    const started = (await browser.send('POST', '/flows', {}, { authorization: `Bearer ${made.token}` })).body
    const flow = seated(browser, started.id)
    expect(await flow.signIn('ada')).toMatchObject({
      state: 'awaiting_completion',
      credentials: { status: 'connected' },
    })
    const left = await browser.open(`/connect/${started.id}/done`)
    const to = new URL(left.headers.get('location') ?? '')
    expect([left.status, `${to.origin}${to.pathname}`, to.searchParams.get('flow')]).toEqual([
      303,
      COMPLETE_AT,
      started.id,
    ])
    const code = to.searchParams.get('code')
    const path = `/flows/${started.id}/complete`
    expect(await world.api('POST', path, { code, endUser: { id: 'ada' } })).toMatchObject({
      status: 200,
      body: { flow: { state: 'connected', identity: { label: 'Ada Moreau' } } },
    })
  })
})

describe('a link for a client', () => {
  const made = async (input: object = {}) =>
    (await world.api('POST', '/connect-links', { provider: 'unipile', clientName: 'Ada Moreau', ...input })).body
  const bearer = (url: string) => ({ authorization: `Bearer ${url.split('/').at(-1)}` })

  it('connects one account of the client, and ends', async () => {
    await open()
    const link = await made()
    expect(link).toMatchObject({ state: 'open', clientName: 'Ada Moreau', usedAt: null })
    const browser = world.browser()
    expect((await browser.send('GET', '/connect-link', undefined, bearer(link.url))).body).toMatchObject({
      state: 'open',
      provider: { id: 'unipile', name: 'Unipile', platform: 'LinkedIn' },
      asker: { name: expect.any(String), logo: null },
    })
    const started = (await browser.send('POST', '/flows', {}, bearer(link.url))).body
    const answer = await browser.send('POST', `/flows/${started.id}/credentials`, {
      username: mail('ada'),
      password: PASSWORD,
    })
    expect(answer.status).toBe(200)
    await expect
      .poll(async () => (await browser.send('GET', `/flows/${started.id}`)).body.state, { timeout: 20_000 })
      .toBe('connected')
    await expect
      .poll(async () => (await world.api('GET', '/connect-links')).body.data[0].state, { timeout: 20_000 })
      .toBe('used')
    expect((await browser.send('POST', '/flows', {}, bearer(link.url))).body).toMatchObject({ code: 'link_over' })
    expect((await world.api('GET', '/connections')).body.data).toMatchObject([{ connectedBy: 'Ada Moreau' }])
    const done = await browser.open(`/connect/${started.id}/done`)
    expect([done.status, new URL(done.headers.get('location') ?? '').pathname]).toEqual([303, '/connect/done'])
  })

  it('opens nothing else', async () => {
    await open()
    const link = await made()
    const browser = world.browser()
    for (const path of ['/connections', '/workspace', '/connect-links', '/audit'])
      expect((await browser.send('GET', path, undefined, bearer(link.url))).status, path).toBe(403)
    expect((await browser.send('GET', '/connect-link', undefined, bearer('ml_guessed'))).status).toBe(401)
  })

  it('is over after its days, and when it is withdrawn', async () => {
    await open()
    const [late, gone] = [await made({ days: 1 }), await made()]
    expect((await world.api('DELETE', `/connect-links/${gone.id}`)).status).toBe(204)
    world.advance(86_401)
    const browser = world.browser()
    expect((await browser.send('POST', '/flows', {}, bearer(late.url))).body).toMatchObject({ code: 'link_over' })
    expect((await browser.send('POST', '/flows', {}, bearer(gone.url))).status).toBe(401)
  })
})

describe('a flow by credentials in a browser', () => {
  it('is that browser’s alone', async () => {
    await open()
    const flow = await seatFlow(world)
    const stranger = world.browser()
    expect((await stranger.send('GET', `/flows/${flow.id}`)).status).toBe(401)
    const typed = { username: mail('ada'), password: PASSWORD }
    expect((await stranger.send('POST', `/flows/${flow.id}/credentials`, typed)).status).toBe(401)
    // A page of another site cannot press for it.
    const forged = await flow.browser.send('POST', `/flows/${flow.id}/credentials`, typed, {
      'sec-fetch-site': 'cross-site',
    })
    expect(forged).toMatchObject({ status: 403, body: { code: 'cross_site' } })
    const other = await seatFlow(world)
    for (const [name, value] of other.browser.jar) flow.browser.jar.set(name, value)
    expect((await flow.browser.send('GET', '/connections')).status).toBe(401)
  })

  it('of a colleague is seen and not typed into', async () => {
    await open()
    const owner = world.browser()
    await owner.signIn()
    const flow = await seatFlow(world, { provider: 'unipile' }, owner)
    const elsewhere = world.browser()
    await elsewhere.signIn()
    const typed = { username: mail('ada'), password: PASSWORD }
    // The same person in another browser may.
    expect((await elsewhere.send('POST', `/flows/${flow.id}/credentials`, typed)).status).toBe(200)
  })

  it('answers bad input with a word', async () => {
    await open()
    const flow = await seatFlow(world)
    for (const bad of [
      {},
      { username: 'a', password: 'b' },
      { username: 'a'.repeat(300), password: 'b' },
      { username: 'a@b.c', password: 'x\u0000' },
    ])
      expect((await flow.post('/credentials', bad)).status).toBe(400)
    expect(await flow.post('/checkpoint', { code: '123456' })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    })
    expect(await flow.post('/checkpoint/resend')).toMatchObject({ status: 409 })
    expect(await flow.post('/checkpoint/another-way')).toMatchObject({ status: 409 })
    expect(await flow.post('/restart')).toMatchObject({ status: 200, body: { state: 'pending' } })
    const oauth = (await world.api('POST', '/flows', { provider: 'linkedin' })).body
    const typed = { username: 'a@b.example', password: 'b' }
    expect(await world.api('POST', `/flows/${oauth.id}/credentials`, typed)).toMatchObject({ status: 409 })
  })

  it('can be given up, and says so', async () => {
    await open()
    const flow = await seatFlow(world)
    await flow.signIn('sms')
    expect((await flow.browser.send('DELETE', `/flows/${flow.id}`)).status).toBe(204)
    expect(await flow.look()).toMatchObject({ state: 'failed', error: { code: 'access_denied' } })
    const held = await world.database.query('select 1 from mooring.flows where held_credentials is not null')
    expect(held).toEqual([])
  })
})
