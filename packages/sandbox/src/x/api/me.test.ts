import { describe, expect, it } from 'vitest'
import { playedAt } from '../../core/portrait.ts'
import { xKit } from '../testing.ts'

const k = xKit()
const token = async (scope?: string, member = 'mara') =>
  (await k.tokens({ member, ...(scope && { scope }) })).access_token

describe('GET /2/users/me', () => {
  it('answers id, name and username unless more is asked for', async () => {
    expect((await k.me(await token())).json).toEqual({
      data: { id: '1790000000000000101', name: 'Mara Lindqvist', username: 'maralindqvist' },
    })
  })

  it('answers the fields that were asked for, and leaves out what a user has not', async () => {
    const fields = '?user.fields=profile_image_url,verified,verified_type,subscription_type,protected'
    expect((await k.me(await token(undefined, 'ines'), fields)).json.data).toEqual({
      id: '2244994',
      name: 'Ines Okafor',
      username: 'ines_draws',
      verified: false,
      verified_type: 'none',
      subscription_type: 'Basic',
      protected: true,
    })
    const { data } = (await k.me(await token(), fields)).json
    const at = playedAt(k.sandbox.origins, data.profile_image_url)
    const picture = await fetch(at)
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect((await fetch(at.replace('_normal', '_huge'))).status).toBe(404)
  })

  it('speaks both vocabularies', async () => {
    const access = await token()
    const ask = async () => (await k.me(access, '?user.fields=public_metrics,pinned_tweet_id,pinned_post_id')).json.data
    const old = await ask()
    expect(old.public_metrics).toEqual({
      followers_count: 4210,
      following_count: 310,
      tweet_count: 982,
      listed_count: 17,
    })
    expect(old).toHaveProperty('pinned_tweet_id')
    k.steer({ settings: { vocabulary: 'openapi' } })
    const now = await ask()
    expect(now.public_metrics).toMatchObject({ post_count: 982 })
    expect(now.public_metrics).not.toHaveProperty('tweet_count')
    expect(now).toHaveProperty('pinned_post_id')
  })

  it('gives the e-mail address with users.email, and says beside the data where it must not', async () => {
    const open = await k.me(await token('tweet.read users.read users.email'), '?user.fields=confirmed_email')
    expect(open.json).toMatchObject({ data: { confirmed_email: 'mara.lindqvist@example.com' } })
    expect(open.json).not.toHaveProperty('errors')
    const shut = await k.me(await token(), '?user.fields=confirmed_email')
    expect(shut.status).toBe(200)
    expect(shut.json.data).not.toHaveProperty('confirmed_email')
    expect(shut.json.errors[0]).toMatchObject({
      field: 'confirmed_email',
      type: 'https://api.twitter.com/2/problems/not-authorized-for-field',
    })
  })

  it.each([
    ['?user.fields=shoe_size', 'user.fields', 'shoe_size'],
    ['?fields=name', 'fields', 'name'],
  ])('refuses %s', async (query, name, value) => {
    k.steer({ settings: { problemHost: 'https://api.x.com' } })
    const { status, json, headers } = await k.me(await token(), query)
    expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json'])
    expect(json).toMatchObject({
      title: 'Invalid Request',
      detail: 'One or more parameters to your request was invalid.',
      type: 'https://api.x.com/2/problems/invalid-request',
      errors: [{ parameters: { [name]: [value] } }],
    })
  })

  it('needs tweet.read and users.read', async () => {
    for (const scope of ['users.read', 'tweet.read', 'tweet.write'])
      expect(await k.me(await token(scope))).toMatchObject({ status: 403, json: { title: 'Forbidden', status: 403 } })
  })
})

describe('a call is refused', () => {
  const UNAUTHORIZED = { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' }

  it('without a token, with a wrong one, with a refresh token, and after two hours', async () => {
    const { access_token, refresh_token } = await k.tokens()
    expect(await k.get('/2/users/me')).toMatchObject({ status: 401, json: UNAUTHORIZED })
    for (const one of ['invented', refresh_token]) expect((await k.me(one)).json).toEqual(UNAUTHORIZED)
    k.sandbox.control.advance(7199)
    expect((await k.me(access_token)).status).toBe(200)
    k.sandbox.control.advance(1)
    expect((await k.me(access_token)).json).toEqual(UNAUTHORIZED)
  })

  it('for the app’s own token', async () => {
    const answer = await k.me('AAAAAAAAAAAAAAAAAAAAAsandbox-x-app-only')
    expect(answer).toMatchObject({ status: 403, json: { title: 'Unsupported Authentication' } })
    expect(answer.json.detail).toContain('Application-Only is forbidden')
  })

  it.each(['client-not-enrolled', 'official-client-forbidden', 'user-not-enrolled'] as const)(
    'where the app is not enrolled: %s',
    async (enrolled) => {
      const access = await token()
      k.steer({ app: { registration: 'x', enrolled } })
      expect(await k.me(access)).toMatchObject({
        status: 403,
        json: {
          type: 'https://api.twitter.com/2/problems/client-forbidden',
          reason: enrolled,
          registration_url: expect.any(String),
        },
      })
    },
  )

  it('for a suspended user', async () => {
    const access = await token()
    k.steer({ user: { member: 'mara', suspended: true } })
    expect((await k.me(access)).json.type).toMatch(/user-suspended$/)
    k.steer({ user: { member: 'mara', suspended: false } })
    expect((await k.me(access)).status).toBe(200)
  })

  it('when the credits are used up, in either body; what fails costs nothing', async () => {
    const access = await token()
    k.steer({ app: { registration: 'x', credits: 0.015 } })
    expect((await k.me(access, '?user.fields=nonsense')).status).toBe(400)
    expect((await k.me(access)).status).toBe(200)
    // The balance may end below zero.
    expect((await k.me(access)).status).toBe(200)
    expect(await k.me(access)).toMatchObject({
      status: 402,
      json: { detail: 'credits depleted', status: 402, title: 'Payment Required' },
    })
    k.steer({ settings: { creditsBody: 'legacy' } })
    expect(await k.me(access)).toMatchObject({
      status: 402,
      json: { title: 'CreditsDepleted', type: 'https://api.twitter.com/2/problems/credits' },
    })
    expect(k.shown().apps[0]?.credits).toBeCloseTo(-0.005)
  })

  it('when the month’s cap is reached', async () => {
    const access = await token()
    k.steer({ app: { registration: 'x', capped: true } })
    expect(await k.me(access)).toMatchObject({ status: 429, json: { period: 'Monthly', scope: 'Product' } })
  })
})

describe('limits', () => {
  it('are 75 calls in 15 minutes for a user, told in headers', async () => {
    const access = await token()
    const reset = Math.ceil(k.sandbox.control.state().clock.now / 1000) + 900
    const first = await k.me(access)
    expect(first.headers.get('x-rate-limit-limit')).toBe('75')
    expect(first.headers.get('x-rate-limit-remaining')).toBe('74')
    expect(first.headers.get('x-rate-limit-reset')).toBe(String(reset))
    for (let call = 2; call <= 75; call += 1) expect((await k.me(access)).status).toBe(200)
    const over = await k.me(access)
    expect(over).toMatchObject({ status: 429, json: { title: 'Too Many Requests', status: 429 } })
    expect(over.headers.get('x-rate-limit-remaining')).toBe('0')
    expect(over.headers.get('retry-after')).toBeNull()
    k.steer({ settings: { rateBody: 'legacy' } })
    expect((await k.me(access)).json).toEqual({ errors: [{ code: 88, message: 'Rate limit exceeded' }] })
    // Another user has a window of their own, and this one's ends.
    expect((await k.me(await token(undefined, 'tomas'))).status).toBe(200)
    k.sandbox.control.advance(900)
    expect((await k.me(access)).status).toBe(200)
  })

  it('may be those of a day that the quarter of an hour does not show', async () => {
    k.steer({ settings: { userDayLimit: 1 } })
    const access = await token()
    expect((await k.me(access)).status).toBe(200)
    const { status, headers } = await k.me(access)
    expect([status, headers.get('x-rate-limit-remaining')]).toEqual([429, '73'])
    expect(headers.get('x-user-limit-24hour-remaining')).toBe('0')
  })
})

it('unknown paths answer 404 with nothing, another method 405', async () => {
  expect(await k.get('/2/nothing')).toMatchObject({ status: 404, text: '' })
  expect((await k.post('/2/users/me', {})).status).toBe(405)
})
