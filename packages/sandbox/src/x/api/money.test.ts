import { describe, expect, it } from 'vitest'
import { START } from '../../kit.ts'
import { xKit } from '../testing.ts'
import { picture } from '../upload/upload-testing.ts'

const k = xKit()

const credits = (left: number) => k.steer({ app: { registration: 'x', credits: left } })
const left = () => Number((k.shown().apps.find((app) => app.registration === 'x')?.credits ?? 0).toFixed(3))
const DEPLETED = {
  title: 'Payment Required',
  type: 'https://api.x.com/2/problems/credits-depleted',
  detail: 'credits depleted',
  status: 402,
}

describe('what calls cost', () => {
  it('a post, one with a link, a summoned reply, a deletion', async () => {
    const asked = await k.posted(await k.token('priya'), { text: 'And you, @maralindqvist?' })
    const access = await k.token()
    const costs = async (call: () => Promise<unknown>, price: number) => {
      credits(10)
      await call()
      expect(left()).toBe(Number((10 - price).toFixed(3)))
    }
    await costs(() => k.posted(access, { text: 'Plain' }), 0.015)
    await costs(() => k.posted(access, { text: 'Look: https://example.com' }), 0.2)
    await costs(() => k.posted(access, { text: 'Look at example.com, too' }), 0.2)
    await costs(() => k.posted(access, { text: 'Fine', reply: { in_reply_to_tweet_id: asked } }), 0.01)
    const own = await k.posted(access, { text: 'A thread' })
    await costs(() => k.posted(access, { text: 'goes on', reply: { in_reply_to_tweet_id: own } }), 0.015)
    await costs(() => k.remove(access, own), 0.01)
    await costs(() => picture(k, access), 0)
    const id = await picture(k, access)
    const alt = { id, metadata: { alt_text: { text: 'A cup' } } }
    await costs(() => k.send('POST', '/2/media/metadata', access, alt), 0.005)
  })

  it('a read costs by the post, the same one once a day', async () => {
    let access = await k.token()
    const [one, two] = [await k.posted(access, { text: 'One' }), await k.posted(access, { text: 'Two' })]
    const reads = async (path: string, price: number) => {
      credits(1)
      await k.get(path, access)
      expect(left()).toBe(Number((1 - price).toFixed(3)))
    }
    await reads(`/2/tweets?ids=${one},1`, 0.005)
    await reads(`/2/tweets/${one}`, 0)
    await reads('/2/users/1790000000000000101/tweets', 0.005)
    await reads(`/2/tweets?ids=${one},${two}`, 0)
    // The clock starts at noon; a day begins at midnight, UTC.
    k.sandbox.control.advance(12 * 3600 - 1)
    access = await k.token()
    await reads(`/2/tweets/${one}`, 0)
    k.sandbox.control.advance(1)
    await reads(`/2/tweets/${one}`, 0.005)
  })

  it('nothing where it is refused; the last one may go below zero, and then there is 402', async () => {
    const access = await k.token()
    credits(0.01)
    await k.create(access, { text: '$A $BC and $DE' })
    expect(left()).toBe(0.01)
    await k.posted(access, { text: 'With a link: example.com' })
    expect(left()).toBe(-0.19)
    const refused = await k.create(access, { text: 'One more' })
    expect([refused.status, refused.json]).toEqual([402, DEPLETED])
    for (const answer of [
      await k.remove(access, '1'),
      await k.read(access, '1'),
      await k.get('/2/tweets?ids=1', access),
    ])
      expect(answer.status).toBe(402)
    k.steer({ settings: { creditsBody: 'legacy' } })
    expect((await k.create(access, { text: 'One more' })).json).toMatchObject({
      title: 'CreditsDepleted',
      type: 'https://api.twitter.com/2/problems/credits',
    })
    expect(k.ledger()).toHaveLength(1)
  })

  it('the month’s cap', async () => {
    const access = await k.token()
    k.steer({ app: { registration: 'x', capped: true } })
    expect(await k.create(access, { text: 'x' })).toMatchObject({
      status: 429,
      json: { type: 'https://api.twitter.com/2/problems/usage-capped', period: 'Monthly', scope: 'Product' },
    })
  })
})

describe('how often', () => {
  const counted = (headers: Headers, prefix: string) =>
    ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`${prefix}-${name}`)))
  const seconds = START / 1000

  it('100 posts of a user in 15 minutes, 10,000 of an app in a day', async () => {
    const access = await k.token()
    const first = await k.create(access, { text: 'First' })
    expect(counted(first.headers, 'x-rate-limit')).toEqual([100, 99, seconds + 900])
    expect(counted(first.headers, 'x-app-limit-24hour')).toEqual([10_000, 9999, seconds + 86_400])
    expect(first.headers.get('x-user-limit-24hour-limit')).toBeNull()
    for (let n = 2; n <= 100; n += 1) await k.posted(access, { text: `Post ${n}` })
    const over = await k.create(access, { text: 'One too many' })
    expect([over.status, over.json]).toEqual([
      429,
      { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 },
    ])
    expect(counted(over.headers, 'x-rate-limit')).toEqual([100, 0, seconds + 900])
    expect(over.headers.get('retry-after')).toBeNull()
    expect(k.ledger()).toHaveLength(100)
    // Another user has a window of its own, but the app's day is shared.
    const other = await k.create(await k.token('tomas'), { text: 'Hello' })
    expect([other.status, counted(other.headers, 'x-app-limit-24hour')[1]]).toEqual([201, 9898])
    k.sandbox.control.advance(900)
    expect((await k.create(access, { text: 'One too many' })).status).toBe(201)
  })

  it.each([
    ['POST', '/2/tweets', 100, 10_000],
    ['DELETE', '/2/tweets/1', 50, 0],
    ['GET', '/2/tweets?ids=1', 5000, 0],
    ['GET', '/2/tweets/1', 900, 0],
    ['GET', '/2/users/1/tweets', 900, 0],
    ['POST', '/2/media/upload', 500, 50_000],
    ['GET', '/2/media/upload?media_id=1', 1000, 0],
    ['POST', '/2/media/upload/initialize', 1875, 180_000],
    ['POST', '/2/media/upload/1/append', 1875, 180_000],
    ['POST', '/2/media/upload/1/finalize', 1875, 180_000],
    ['POST', '/2/media/metadata', 500, 0],
  ])('%s %s: %i, and %i of an app in a day', async (method, path, quarter, day) => {
    const { headers } = await k.send(method, path, await k.token())
    expect([counted(headers, 'x-rate-limit')[0], counted(headers, 'x-app-limit-24hour')[0]]).toEqual([quarter, day])
  })

  it('fewer, by a switch: of one endpoint, and of a day while the quarter still has room', async () => {
    const access = await k.token()
    k.steer({ settings: { limits: { 'x.post-create': { quarter: 1 } }, rateBody: 'legacy' } })
    await k.posted(access, { text: 'One' })
    const over = await k.create(access, { text: 'Two' })
    expect([over.status, over.json]).toEqual([429, { errors: [{ code: 88, message: 'Rate limit exceeded' }] }])
    expect((await k.me(access)).status).toBe(200)
    k.steer({ settings: { limits: { 'x.post-create': { appDay: 2 } } } })
    const day = await k.create(access, { text: 'Two' })
    expect([day.status, counted(day.headers, 'x-app-limit-24hour')[1]]).toEqual([429, 0])
    expect(counted(day.headers, 'x-rate-limit')[1]).toBeGreaterThan(0)
    k.steer({ settings: { limits: {}, userDayLimit: 3 } })
    const user = await k.create(access, { text: 'Two' })
    expect([user.status, counted(user.headers, 'x-user-limit-24hour')[1]]).toEqual([201, 2])
  })

  it('knows no other endpoint', () => {
    expect(() => k.steer({ settings: { limits: { 'x.creat': { quarter: 1 } } as never } })).toThrow()
  })
})
