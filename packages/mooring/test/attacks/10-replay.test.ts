import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BASE, createWorld, type TestBrowser, type World } from '../world.ts'
import { ask, cookieOf, count, rows, TOKEN } from './support.ts'

describe('#10 state replay, double submit, link scanners', () => {
  let world: World
  let owner: TestBrowser
  let before = 0
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
    owner = world.browser()
    await owner.signIn()
  })
  afterAll(() => world.close())
  beforeEach(() => {
    before = world.sandbox.control.requests(TOKEN)
  })
  const spent = () => world.sandbox.control.requests(TOKEN) - before
  const begin = async () => {
    const { body } = await owner.start({ provider: 'linkedin' })
    const url = new URL(await owner.consent(body.authorizeUrl))
    return { id: body.id as string, path: url.pathname + url.search, cookie: cookieOf(owner) }
  }
  const errorOf = (answer: { headers: Headers }) =>
    new URL(answer.headers.get('location') ?? 'x:').searchParams.get('error')
  const stateOf = async (id: string) => (await world.api('GET', `/flows/${id}`)).body.state

  it('redeems the code once, of twenty callbacks at the same time', async () => {
    const { id, path, cookie } = await begin()
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(world, 'GET', path, { cookie })))
    expect(answers.every((one) => one.status === 303)).toBe(true)
    expect(answers.filter((one) => errorOf(one) === null)).toHaveLength(1)
    expect(answers.filter((one) => errorOf(one) === 'flow_finished')).toHaveLength(19)
    expect(spent()).toBe(1)
    expect(await stateOf(id)).toBe('checkpoint')
    expect(await count(world, 'connections')).toBe(1)
  })

  it('does so beside other flows of the same person, which end in the same connection', async () => {
    const flows = []
    for (let n = 0; n < 4; n++) flows.push(await begin())
    const answers = await Promise.all(
      flows.flatMap(({ path, cookie }) => Array.from({ length: 5 }, () => ask(world, 'GET', path, { cookie }))),
    )
    expect(answers.filter((one) => errorOf(one) === null)).toHaveLength(4)
    expect(spent()).toBe(4)
    expect(await count(world, 'connections')).toBe(1)
  })

  it('tells a second use that it is over, without a detail, and changes nothing', async () => {
    const { id, path, cookie } = await begin()
    await ask(world, 'GET', path, { cookie })
    const stored = await rows(world, 'flows', 'flow_states', 'connections', 'accounts', 'events')
    const second = new URL((await ask(world, 'GET', path, { cookie })).headers.get('location') ?? '')
    expect(Object.fromEntries(second.searchParams)).toEqual({
      flow: id,
      error: 'flow_finished',
      message: 'This was finished already.',
    })
    expect(spent()).toBe(1)
    expect(await rows(world, 'flows', 'flow_states', 'connections', 'accounts', 'events')).toBe(stored)
  })

  it('is not used up by a scanner: every method but GET is 405', async () => {
    const { path, cookie } = await begin()
    for (const method of ['HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await ask(world, method, path, { cookie })
      expect(answer.status, method).toBe(405)
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    // A scanner that reads with GET has no cookie.
    expect((await ask(world, 'GET', path)).status).toBe(403)
    expect(spent()).toBe(0)
    expect(errorOf(await ask(world, 'GET', path, { cookie }))).toBeNull()
    expect(spent()).toBe(1)
  })

  it('does not redeem a code after ten minutes, nor a second before them refuse it', async () => {
    const late = await begin()
    world.advance(601)
    expect(errorOf(await ask(world, 'GET', late.path, { cookie: late.cookie }))).toBe('flow_expired')
    expect(await stateOf(late.id)).toBe('expired')
    expect(errorOf(await ask(world, 'GET', late.path, { cookie: late.cookie }))).toBe('flow_expired')
    expect(spent()).toBe(0)

    const { body } = await owner.start({ provider: 'linkedin' })
    world.advance(590)
    const callback = await owner.consent(body.authorizeUrl)
    expect(errorOf(await owner.open(callback))).toBeNull()
    expect(spent()).toBe(1)
  })

  it('does not redeem a code for a flow that was given up, or that was looked at after its end', async () => {
    const givenUp = await begin()
    await world.api('DELETE', `/flows/${givenUp.id}`)
    expect(errorOf(await ask(world, 'GET', givenUp.path, { cookie: givenUp.cookie }))).toBe('flow_finished')
    const looked = await begin()
    world.advance(601)
    expect(await stateOf(looked.id)).toBe('expired')
    expect(errorOf(await ask(world, 'GET', looked.path, { cookie: looked.cookie }))).toBe('flow_expired')
    expect(spent()).toBe(0)
    expect(await count(world, 'flow_states')).toBe(0)
  })

  it("does not redeem after an error: the platform's refusal ends the flow, and a code brought later is too late", async () => {
    const { path, cookie } = await begin()
    const state = new URL(path, BASE).searchParams.get('state')
    const refused = await ask(world, 'GET', `/callback/linkedin?error=user_cancelled_login&state=${state}`, { cookie })
    expect(errorOf(refused)).toBe('access_denied')
    expect(errorOf(await ask(world, 'GET', path, { cookie }))).toBe('flow_finished')
    expect(spent()).toBe(0)
  })

  it('takes no answer that holds both a code and an error, or a code twice', async () => {
    for (const more of ['&error=access_denied', '&code=another', '&error=']) {
      const { path, cookie } = await begin()
      expect(errorOf(await ask(world, 'GET', path + more, { cookie })), more).toBe('callback_invalid')
    }
    expect(spent()).toBe(0)
  })
})
