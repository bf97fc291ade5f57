/** What signing in through a service promises beside its way: what is erased when, who sees which seat, and what a notice does. */
import { afterEach, describe, expect, it } from 'vitest'
import { mail, PASSWORD, seated, seatFlow } from '../../../test/seats.ts'
import { createWorld, type World, type WorldOptions } from '../../../test/world.ts'
import { keepFresh } from '../../connections/keep-fresh.ts'

let world: World
afterEach(() => world.close())
const open = async (options: WorldOptions = {}) => {
  world = await createWorld({ ...options, env: { MOORING_STARTS_PER_HOUR: '1000', ...options.env } })
}
const held = async () =>
  (await world.database.query<{ held: string | null }>('select held_credentials as held from mooring.flows')).map(
    ({ held }) => held !== null,
  )

describe('what was typed', () => {
  it('goes with every end of an attempt', async () => {
    await open()
    const flow = await seatFlow(world)
    await flow.signIn('sms', 'wrong')
    expect(await held()).toEqual([false])
    await flow.signIn('sms')
    expect(await held()).toEqual([true])
    world.advance(301)
    expect(await flow.look()).toMatchObject({ state: 'pending', error: { code: 'attempt_expired' } })
    expect(await held()).toEqual([false])
    await flow.signIn('captcha')
    expect(await held()).toEqual([false])
  })

  it('goes where nobody looks, and where the operator took the key away meanwhile', async () => {
    await open()
    const flow = await seatFlow(world)
    await flow.signIn('sms')
    const bare = await createWorld({
      database: world.database,
      vaultKeys: world.vaultKeys,
      registrations: (all) => all.map((one) => ({ ...one, client: undefined })),
    })
    await world.database.query(`update mooring.flow_attempts set over_at = now()`)
    const { lookAfterAll } = await import('./follow.ts')
    expect(await lookAfterAll(bare.mooring.engine)).toBe(1)
    expect(await held()).toEqual([false])
    await bare.close()
  })

  it('that is kept is thrown away once it is not right any more', async () => {
    await open({ env: { UNIPILE_KEEP_PASSWORD: 'yes' } })
    const { connectionId: id } = await (await seatFlow(world)).signIn('ada')
    world.sandbox.control.apply({
      unipile: {
        seat: { person: 'ada', status: 'CREDENTIALS' },
        fail: { endpoint: 'unipile.reconnect', type: 'errors/invalid_credentials' },
      },
    })
    expect(await keepFresh(world.mooring.engine, world.workspace, id)).toBe('ended')
    const [row] = await world.database.query<{ kept: string | null }>(
      'select kept_credentials as kept from mooring.connections',
    )
    expect(row?.kept).toBeNull()
  })
})

it('an attempt is not prolonged by a wrong code or another one', async () => {
  await open()
  const flow = await seatFlow(world)
  const { credentials } = await flow.signIn('otp')
  world.advance(31)
  expect((await flow.post('/checkpoint/resend')).status).toBe(200)
  const after = await flow.code('000000')
  expect(after).toMatchObject({ error: { code: 'checkpoint_refused' } })
  expect(after.credentials.attemptEndsAt).toBe(credentials.attemptEndsAt)
  expect(await flow.post('/checkpoint/resend')).toMatchObject({ status: 429, body: { code: 'too_soon' } })
})

it('a person who comes with another seat keeps one, and the earlier one is ended at the service', async () => {
  await open()
  const first = await (await seatFlow(world)).signIn('ada')
  const second = await (await seatFlow(world)).signIn('ada')
  expect(second).toMatchObject({ state: 'connected', outcome: 'updated', connectionId: first.connectionId })
  expect(world.sandbox.control.requests('unipile.delete')).toBe(1)
  const { accounts } = (await world.api('GET', `/connections/${first.connectionId}`)).body
  expect(accounts).toHaveLength(1)
  expect(await keepFresh(world.mooring.engine, world.workspace, first.connectionId)).toBe('renewed')
})

it('a reconnect takes no other seat than its own', async () => {
  await open()
  const flow = await seatFlow(world, { provider: 'heyreach' })
  const { data } = (await flow.browser.send('GET', `/flows/${flow.id}/seats`)).body
  const [one, other] = data.filter((seat: { selectable: boolean }) => seat.selectable)
  const { connectionId: id } = (await flow.post('/seat', { seat: one.id })).body
  const again = await seatFlow(world, { reconnect: id })
  expect((await again.post('/seat', { seat: other.id })).body).toMatchObject({
    state: 'pending',
    error: { code: 'wrong_identity' },
  })
})

describe('seats that are at a service already', () => {
  const existing = (flow: { credentials: { ways: { existing: boolean } } }) => flow.credentials.ways.existing

  it('of the operator’s key are shown to whoever runs the server, and to no end user', async () => {
    await open({ registrations: (all) => all.map((one) => ({ ...one, simulated: false })) })
    const owner = world.browser()
    await owner.signIn()
    expect(existing(await (await seatFlow(world, { provider: 'heyreach' }, owner)).look())).toBe(true)
    expect(existing(await (await seatFlow(world, { provider: 'heyreach' })).look())).toBe(true)
    const end = await seatFlow(world, { provider: 'heyreach', endUser: 'ada' })
    expect(existing(await end.look())).toBe(false)
    expect((await end.browser.send('GET', `/flows/${end.id}/seats`)).status).toBe(409)
    expect((await end.post('/seat', { seat: '71110' })).status).toBe(409)
  })

  it('are not shown to a member who does not run it', async () => {
    await open({ registrations: (all) => all.map((one) => ({ ...one, simulated: false })) })
    const owner = world.browser()
    await owner.signIn()
    await world.database.query('update mooring.people set operator = false')
    expect(existing(await (await seatFlow(world, { provider: 'heyreach' }, owner)).look())).toBe(false)
  })
})

it('a notice with the secret that the service was given has the seat looked at', async () => {
  await open()
  const { connectionId: id } = await (await seatFlow(world)).signIn('ada')
  const app = world.sandbox.apps.find((one) => one.registration === 'unipile')
  const hooks = `${world.sandbox.origins['https://api1.unipile.com:13111']}/api/v1/webhooks`
  const listed = async () =>
    JSON.stringify(await (await fetch(hooks, { headers: { 'x-api-key': app?.clientSecret ?? '' } })).json())
  await expect.poll(listed, { timeout: 20_000 }).toContain('/push/unipile/seats')
  const secret = /"key":"Mooring-Secret","value":"([^"]+)"/i.exec(await listed())?.[1] ?? ''
  const [account] = (await world.api('GET', `/connections/${id}`)).body.accounts
  world.sandbox.control.apply({ unipile: { seat: { person: 'ada', status: 'CREDENTIALS' } } })
  const answer = await world.mooring.fetch(
    new Request('http://localhost:8003/push/unipile/seats', {
      method: 'POST',
      headers: { 'mooring-secret': secret, 'content-type': 'application/json' },
      body: JSON.stringify({ AccountStatus: { account_id: account.subject, message: 'CREDENTIALS' } }),
    }),
  )
  expect(answer.status).toBe(200)
  await expect
    .poll(async () => (await world.api('GET', `/connections/${id}`)).body.state, { timeout: 20_000 })
    .toBe('reauthorize')
})

it('what a service says back of what was typed reaches no log, no error and no row', async () => {
  await open({ env: { HEYREACH_ADD_SEATS: 'on' } })
  world.sandbox.control.apply({ heyreach: { settings: { senders: 'assumed' } } })
  const flow = await seatFlow(world, { provider: 'heyreach' })
  const password = 'correct_horse_battery'
  world.sandbox.control.apply({
    fault: { endpoint: 'heyreach.senders-add', kind: 'answer', status: 200, body: { success: false, error: password } },
  })
  const answer = await flow.post('/credentials', { username: mail('ada'), password })
  const seen = JSON.stringify([answer.body, await flow.settled(), world.logs])
  expect(seen).not.toContain(password)
  expect(JSON.stringify(await world.database.query('select * from mooring.flows'))).not.toContain(password)
})

it('a flow that was begun by a link leaves for no other page', async () => {
  await open()
  const { url } = (await world.api('POST', '/connect-links', { provider: 'unipile', clientName: 'Ada' })).body
  const browser = world.browser()
  const bearer = { authorization: `Bearer ${url.split('/').at(-1)}` }
  const input = { returnTo: 'https://evil.example', provider: 'linkedin' }
  const { body } = await browser.send('POST', '/flows', input, bearer)
  expect(body).toMatchObject({ provider: 'unipile', returnTo: '/connect/done' })
  const flow = seated(browser, body.id)
  expect(await flow.signIn('ada', PASSWORD)).toMatchObject({ state: 'connected' })
})
