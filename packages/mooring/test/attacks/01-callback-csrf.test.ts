import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateKey } from '../../src/vault/keyring.ts'
import { createWorld, type TestBrowser, type World } from '../world.ts'
import { connectIn, count, rows, secondTenant, signCookie, startIn, TOKEN } from './support.ts'

describe('#1 callback CSRF', () => {
  let world: World
  let owner: TestBrowser
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
    owner = world.browser()
    await owner.signIn()
  })
  afterAll(() => world.close())

  const begin = async (browser = owner) => {
    const { body } = await browser.start({ provider: 'linkedin' })
    const name = `mooring-flow-${body.id}`
    return { id: body.id as string, name, cookie: browser.jar.get(name) ?? '', url: body.authorizeUrl as string }
  }
  const stateOf = (url: string) => new URL(url).searchParams.get('state') ?? ''
  const flowState = async (id: string) => (await world.api('GET', `/flows/${id}`)).body.state

  /** Opens the callback, expects a refusal before anything was done, and that the right browser can still finish. */
  async function refusedThenFinished(browser: TestBrowser, callback: string, id: string): Promise<void> {
    const before = world.sandbox.control.requests(TOKEN)
    const answer = await browser.open(callback)
    expect(answer.status).toBe(403)
    expect(answer.headers.get('location')).toBeNull()
    expect(await answer.text()).toContain('flow_other_browser')
    expect(world.sandbox.control.requests(TOKEN)).toBe(before)
    expect(await flowState(id)).toBe('pending')
    const landed = new URL((await owner.open(callback)).headers.get('location') ?? '')
    expect(landed.searchParams.get('error')).toBeNull()
    expect(world.sandbox.control.requests(TOKEN)).toBe(before + 1)
  }

  it('refuses a callback without a cookie, and uses nothing up', async () => {
    const flow = await begin()
    await refusedThenFinished(world.browser(), await owner.consent(flow.url), flow.id)
  })

  it("refuses the attacker's code and state in the browser of a victim who is signed in", async () => {
    const attacker = world.browser()
    const flow = await begin(attacker)
    const callback = await attacker.consent(flow.url, { member: 'tomas' })
    await begin()
    const before = await count(world, 'connections')
    const answer = await owner.open(callback)
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('flow_other_browser')
    expect(await count(world, 'connections')).toBe(before)
  })

  it("refuses another flow's cookie, under its own name and under this flow's name", async () => {
    const [flow, other] = [await begin(), await begin()]
    const callback = await owner.consent(flow.url)
    const thief = world.browser()
    thief.jar.set(other.name, other.cookie)
    expect((await thief.open(callback)).status).toBe(403)
    thief.jar.set(flow.name, other.cookie)
    await refusedThenFinished(thief, callback, flow.id)
  })

  it('refuses the right secret without a signature, with another key, and with one that was taken out', async () => {
    const flow = await begin()
    const callback = await owner.consent(flow.url)
    const value = decodeURIComponent(flow.cookie).split('.')[0] ?? ''
    expect(value).toMatch(/^[A-Za-z0-9_-]{43}$/)
    const forgeries = [
      value,
      `${value}.`,
      `${value}.${'A'.repeat(43)}=`,
      encodeURIComponent(`${value}.${'A'.repeat(43)}=`),
      signCookie(value, generateKey()),
      `${flow.cookie.slice(0, -4)}AAAA`,
      `"${flow.cookie}x"`,
    ]
    const thief = world.browser()
    for (const forgery of forgeries) {
      thief.jar.set(flow.name, forgery)
      expect((await thief.open(callback)).status, forgery).toBe(403)
    }
    await refusedThenFinished(thief, callback, flow.id)
  })

  it('does nothing on a second use, and says that it is finished', async () => {
    const before = world.sandbox.control.requests(TOKEN)
    const flow = await begin()
    const callback = await owner.consent(flow.url)
    await owner.open(callback)
    const stored = await rows(world, 'connections', 'accounts', 'flows')
    for (const cookie of [undefined, flow.cookie]) {
      if (cookie) owner.jar.set(flow.name, cookie)
      const landed = new URL((await owner.open(callback)).headers.get('location') ?? '')
      expect(landed.searchParams.get('error')).toBe('flow_finished')
    }
    expect(world.sandbox.control.requests(TOKEN)).toBe(before + 1)
    expect(await rows(world, 'connections', 'accounts', 'flows')).toBe(stored)
  })

  it('refuses every guess at a state, and stores nothing', async () => {
    const flow = await begin()
    const state = stateOf(flow.url)
    const raw = Buffer.from(state, 'base64url')
    const flipped = (at: number) => {
      const copy = Buffer.from(raw)
      copy.writeUInt8(copy.readUInt8(at) ^ 1, at)
      return copy.toString('base64url')
    }
    const guesses = [
      ...['', 'x', 'null', 'undefined', "' or 1=1 --", 'A'.repeat(64), '%00', '[object Object]', flow.id],
      ...[state.slice(0, -1), `${state}A`, ` ${state}`, state.toUpperCase(), `${state}=`, raw.toString('hex')],
      ...Array.from({ length: 48 }, (_, at) => flipped(at)),
      ...Array.from({ length: 50 }, () => Buffer.concat([raw.subarray(0, 16), randomBytes(32)]).toString('base64url')),
    ]
    const stored = await rows(world, 'flows', 'flow_states', 'connections')
    const before = world.sandbox.control.requests(TOKEN)
    for (const guess of guesses) {
      const answer = await owner.open(`/callback/linkedin?code=abc&state=${encodeURIComponent(guess)}`)
      expect(answer.status, guess).toBe(400)
      expect(await answer.text()).toContain('callback_invalid')
    }
    for (const query of [
      'code=abc',
      `code=abc&state=${state}&state=${state}`,
      `code=abc&state[]=${state}`,
      `code=a&State=${state}`,
    ])
      expect((await owner.open(`/callback/linkedin?${query}`)).status, query).toBe(400)
    expect(world.sandbox.control.requests(TOKEN)).toBe(before)
    expect(await rows(world, 'flows', 'flow_states', 'connections')).toBe(stored)
  })

  it("refuses a state that is moved to another workspace, and another workspace's state here", async () => {
    const other = await secondTenant(world)
    const flow = await begin()
    const body = Buffer.from(stateOf(flow.url), 'base64url').subarray(16)
    const moved = Buffer.concat([Buffer.from(other.workspace.replaceAll('-', ''), 'hex'), body]).toString('base64url')
    const callback = new URL(await owner.consent(flow.url))
    callback.searchParams.set('state', moved)
    const answer = await owner.open(callback.href)
    expect(answer.status).toBe(400)

    const theirs = await startIn(world, other.workspace)
    const foreign = await owner.consent(theirs.authorizeUrl)
    expect((await owner.open(foreign)).status).toBe(403)
    owner.jar.set(`mooring-flow-${theirs.flowId}`, flow.cookie)
    expect((await owner.open(foreign)).status).toBe(403)
    expect(await world.mooring.engine.store.connections.page(other.workspace, undefined, 10)).toEqual([])
    // The other workspace itself can connect: it is not that nothing works there.
    expect((await connectIn(world, other.workspace)).error).toBeUndefined()
  })
})
