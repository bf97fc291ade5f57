/** A flow that does not come through: back where it began, with a stable code and a sentence, and nothing changed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asked, back, clean, connected, consented, count, holdAnswer, impatient, steer } from '../../test/linkedin.ts'
import { createWorld, type World } from '../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

type Garble = { kind: 'truncate' } | { kind: 'drop'; fields: string[] } | { kind: 'redirect'; to: string }
const RETURN = '/settings/accounts?tab=social'

/** Connects, and answers with how the flow ended and where the browser is. */
async function tried(visit = {}) {
  const { flow, landed } = await world.browser().connect({ provider: 'linkedin', returnTo: RETURN }, visit)
  expect(landed.pathname).toBe('/settings/accounts')
  expect(landed.searchParams.get('tab')).toBe('social')
  expect(landed.searchParams.get('flow')).toBe(flow.id)
  expect(landed.searchParams.get('error')).toBe(flow.error?.code ?? null)
  expect(landed.searchParams.get('message')).toBe(flow.error?.message ?? null)
  return flow
}

describe('a person who says no', () => {
  it.each(['cancel', 'leave'] as const)('comes back with access_denied after "%s"', async (press) => {
    const flow = await tried({ press })
    expect(flow).toMatchObject({
      state: 'failed',
      connectionId: null,
      error: { code: 'access_denied', message: 'You said no on LinkedIn. Nothing was changed.' },
    })
    expect(asked(world, 'token')).toBe(0)
    expect(await count(world)).toBe(0)
  })

  it('changes nothing on the connection that was to be renewed', async () => {
    const before = await connected(world)
    const { flow } = await world.browser().connect({ reconnect: before.id }, { press: 'cancel' })
    expect(flow.error.code).toBe('access_denied')
    const after = await world.api('GET', `/connections/${before.id}`)
    expect(after.body).toEqual({ ...before, health: after.body.health })
  })
})

describe('a flow that took over 10 minutes', () => {
  const SENTENCE = 'That took over 10 minutes. Please start again.'

  it('is expired when the person comes back', async () => {
    const browser = world.browser()
    const { id, callback } = await consented(browser)
    world.advance(601)
    const landed = await back(browser, callback)
    expect(landed.searchParams.get('error')).toBe('flow_expired')
    expect(landed.searchParams.get('message')).toBe(SENTENCE)
    const { body } = await world.api('GET', `/flows/${id}`)
    expect(body).toMatchObject({ state: 'expired', error: { code: 'flow_expired', message: SENTENCE } })
    expect(asked(world, 'token')).toBe(0)
  })

  it('still says so where somebody looked at it before the person came back', async () => {
    const browser = world.browser()
    const { id, callback } = await consented(browser)
    world.advance(601)
    expect((await world.api('GET', `/flows/${id}`)).body).toMatchObject({ state: 'expired' })
    const landed = await back(browser, callback)
    expect(landed.searchParams.get('error')).toBe('flow_expired')
    expect(landed.searchParams.get('message')).toBe(SENTENCE)
  })

  it('comes through when it is a second faster', async () => {
    const browser = world.browser()
    const { callback } = await consented(browser)
    world.advance(590)
    expect((await back(browser, callback)).searchParams.get('error')).toBeNull()
  })

  it('shows no error when it ran out only while the platform was asked', async () => {
    const browser = world.browser()
    const { id, callback } = await consented(browser, {}, { member: 'ines' })
    const held = holdAnswer(world, '/v2/userinfo')
    const opened = browser.open(callback)
    await held.answered
    world.advance(601)
    expect((await world.api('GET', `/flows/${id}`)).body.state).toBe('expired')
    held.release()
    await opened
    expect((await world.api('GET', `/flows/${id}`)).body).toMatchObject({ state: 'connected', error: null })
  })
})

describe('what the operator must mend', () => {
  it('is scope_not_granted where the app may not ask for one of the permissions', async () => {
    steer(world, { linkedin: { app: { registration: 'linkedin', scopes: ['openid', 'profile', 'email'] } } })
    const flow = await tried()
    expect(flow).toMatchObject({
      state: 'failed',
      error: {
        code: 'scope_not_granted',
        message: 'We have to fix this, not you. LinkedIn does not let this app ask for these permissions.',
      },
    })
    // LinkedIn escapes its sentence for HTML before it puts it into the address.
    expect(flow.error.operatorDetail).toContain('Scope "w_member_social" is not authorized for your application')
  })

  it('is misconfigured where the client secret is wrong', async () => {
    const browser = world.browser()
    const { id, callback } = await consented(browser)
    steer(world, { linkedin: { app: { registration: 'linkedin', secretRefused: true } } })
    expect((await back(browser, callback)).searchParams.get('error')).toBe('misconfigured')
    const { body } = await world.api('GET', `/flows/${id}`)
    expect(body).toMatchObject({
      state: 'failed',
      error: {
        code: 'misconfigured',
        message: "We have to fix this, not you. LinkedIn refuses this server's client id or secret.",
      },
    })
    expect(body.error.operatorDetail).toContain('invalid_client')
    expect(await count(world)).toBe(0)
  })
})

describe('a platform that is out', () => {
  const outages = [
    ['answers with a gateway page', { kind: 'gateway', status: 503, times: 'always' }],
    ['drops the line', { kind: 'reset', times: 'always' }],
    ['drops the line in the middle of the answer', { kind: 'reset', when: 'during', times: 'always' }],
    ['never answers', { kind: 'hang', times: 'always' }],
  ] as const

  describe.each(['token', 'userinfo', 'organizationAcls'])('at %s', (endpoint) => {
    it.each(outages)('%s: nothing changes, and the person may try again', async (_what, fault) => {
      const patient = impatient(world)
      steer(world, { fault: { endpoint: `linkedin.${endpoint}`, ...fault } })
      const flow = await tried().finally(patient)
      expect(flow).toMatchObject({
        state: 'failed',
        connectionId: null,
        error: { code: 'provider_unavailable', message: 'LinkedIn is not answering.' },
      })
      expect(await count(world)).toBe(0)
      steer(world, { clearFaults: true })
      expect(await tried()).toMatchObject({ state: 'checkpoint', error: null })
    })
  })

  const garbled: [string, Garble][] = [
    ['half of an answer', { kind: 'truncate' }],
    ['no token', { kind: 'drop', fields: ['access_token'] }],
    ['a redirect, which is not followed', { kind: 'redirect', to: 'https://evil.example/' }],
  ]
  it.each(garbled)('that sends %s has sent an answer that cannot be read', async (_what, fault) => {
    steer(world, { fault: { endpoint: 'linkedin.token', ...fault } })
    const flow = await tried()
    expect(flow.error).toMatchObject({
      code: 'provider_answer_invalid',
      message: 'LinkedIn sent an answer that cannot be read.',
    })
    expect(asked(world, 'userinfo')).toBe(0)
  })

  it('that sends half an identity or none has sent an answer that cannot be read', async () => {
    const halves: Garble[] = [{ kind: 'truncate' }, { kind: 'drop', fields: ['sub'] }]
    for (const fault of halves) {
      steer(world, { fault: { endpoint: 'linkedin.userinfo', ...fault } })
      expect((await tried()).error.code).toBe('provider_answer_invalid')
    }
    expect(await count(world)).toBe(0)
  })

  it.each(['token', 'userinfo', 'organizationAcls', 'organizationsLookup'])(
    'that asks to slow down at %s is told as such',
    async (endpoint) => {
      steer(world, { fault: { endpoint: `linkedin.${endpoint}`, kind: 'throttle' } })
      expect((await tried()).error).toMatchObject({
        code: 'provider_rate_limited',
        message: 'LinkedIn asked us to slow down.',
      })
      expect(await count(world)).toBe(0)
    },
  )
})

describe('a fresh token that LinkedIn answers as revoked', () => {
  it('for some calls is tried again, and the connect comes through', async () => {
    steer(world, { linkedin: { freshToken: { calls: 5 } } })
    expect(await tried()).toMatchObject({ state: 'checkpoint', error: null })
    expect(asked(world, 'userinfo')).toBe(6)
  })

  it('for ever ends the flow cleanly, without the word reconnect', async () => {
    steer(world, { linkedin: { freshToken: { calls: 1000 } } })
    const flow = await tried()
    expect(flow).toMatchObject({
      state: 'failed',
      connectionId: null,
      error: { code: 'code_refused', message: 'LinkedIn did not accept the answer. Please start again.' },
    })
    expect(flow.error.operatorDetail).toContain('401 REVOKED_ACCESS_TOKEN')
    expect(asked(world, 'userinfo')).toBeLessThan(10)
    expect(await count(world)).toBe(0)
  })

  it('is tried again for that answer alone', async () => {
    steer(world, {
      fault: {
        endpoint: 'linkedin.userinfo',
        kind: 'answer',
        status: 401,
        body: { status: 401, serviceErrorCode: 65600, message: 'Invalid access token' },
      },
    })
    expect((await tried()).error.code).toBe('code_refused')
    expect(asked(world, 'userinfo')).toBe(1)
  })
})
