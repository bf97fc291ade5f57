import { describe, expect, it } from 'vitest'
import { xKit } from '../testing.ts'

const k = xKit()

const forbidden = (detail: string) => ({ detail, type: 'about:blank', title: 'Forbidden', status: 403 })
const CATCH_ALL = forbidden('You are not permitted to perform this action.')
const DUPLICATE = forbidden('You are not allowed to create a Tweet with duplicate content.')
const CASHTAGS = 'Posts are limited to a maximum of one cashtag'
const BLOCKED = 'The Tweet contains an invalid URL.'

const refused = async (member: string, body: unknown, answer: unknown, status = 403) => {
  const before = k.ledger().length
  const made = await k.create(await k.token(member), body)
  expect([made.status, made.json]).toEqual([status, answer])
  expect(k.ledger()).toHaveLength(before)
}

describe('how long a post may be', () => {
  it.each([
    ['280 letters', 'a'.repeat(280), true],
    ['281', 'a'.repeat(281), false],
    ['140 that weigh double', '字'.repeat(140), true],
    ['141 of those', '字'.repeat(141), false],
    ['140 families, two each', '👨‍👩‍👧'.repeat(140), true],
    ['a link counts 23', `${'a'.repeat(256)} https://example.com/${'b'.repeat(200)}`, true],
    ['and no less', `${'a'.repeat(257)} https://example.com/b`, false],
    ['a link without a scheme', `${'a'.repeat(256)} example.com/${'b'.repeat(200)}`, true],
    ['letters that are composed', 'é'.repeat(280), true],
  ])('%s', async (_, text, isRight) => {
    if (!isRight) return refused('tomas', { text }, CATCH_ALL)
    expect((await k.create(await k.token('tomas'), { text })).status).toBe(201)
  })

  it('25,000 for Premium, and who else pays by a switch', async () => {
    const [long, longer] = ['a'.repeat(25_000), 'a'.repeat(25_001)]
    expect((await k.create(await k.token('mara'), { text: long })).status).toBe(201)
    await refused('mara', { text: longer }, CATCH_ALL)
    await refused('ines', { text: long }, CATCH_ALL)
    k.steer({ settings: { longPosts: 'subscribers' } })
    expect((await k.create(await k.token('ines'), { text: long })).status).toBe(201)
    await refused('tomas', { text: long }, CATCH_ALL)
    k.steer({ settings: { longPosts: 'nobody' } })
    await refused('priya', { text: long }, CATCH_ALL)
  })

  it('no more once the subscription is over', async () => {
    const access = await k.token('mara')
    k.steer({ user: { member: 'mara', subscription: 'None' } })
    expect((await k.me(access, '?user.fields=subscription_type')).json.data.subscription_type).toBe('None')
    await refused('mara', { text: 'a'.repeat(281) }, CATCH_ALL)
  })

  it('as X of old said it', async () => {
    k.steer({ settings: { tooLong: 'legacy' } })
    await refused(
      'tomas',
      { text: 'a'.repeat(281) },
      { errors: [{ code: 186, message: 'Tweet needs to be a bit shorter.' }] },
    )
  })
})

describe('what was said already', () => {
  it.each([
    ['the same', 'Café today'],
    ['with its letters composed otherwise', 'Cafe\u0301 today'],
    ['with blanks around it', '  Café today\n'],
  ])('%s', async (_, text) => {
    await k.posted(await k.token(), { text: 'Café today' })
    await refused('mara', { text }, DUPLICATE)
  })

  it('is no duplicate of another’s, of other letters, of one that was deleted, or a day later', async () => {
    const access = await k.token()
    const id = await k.posted(access, { text: 'Fresh cups' })
    await k.posted(await k.token('tomas'), { text: 'Fresh cups' })
    await k.posted(access, { text: 'fresh cups' })
    await k.remove(access, id)
    await k.posted(access, { text: 'Fresh cups' })
    k.sandbox.control.advance(24 * 3600 - 1)
    await refused('mara', { text: 'Fresh cups' }, DUPLICATE)
    k.sandbox.control.advance(1)
    expect((await k.create(await k.token(), { text: 'Fresh cups' })).status).toBe(201)
  })

  it('also as a reply, unless the place counts; and never, by a switch', async () => {
    const access = await k.token()
    const first = await k.posted(access, { text: 'More' })
    const again = { text: 'More', reply: { in_reply_to_tweet_id: first } }
    await refused('mara', again, DUPLICATE)
    k.steer({ settings: { duplicates: 'text-and-media' } })
    await refused('mara', { text: 'More' }, DUPLICATE)
    expect((await k.create(await k.token(), again)).status).toBe(201)
    k.steer({ settings: { duplicates: 'allowed' } })
    expect((await k.create(await k.token(), again)).status).toBe(201)
    expect(k.ledger()).toHaveLength(3)
  })
})

describe('what else', () => {
  it('more than one cashtag, but for Enterprise', async () => {
    await refused('mara', { text: 'Long $AAPL and $TSLA' }, forbidden(CASHTAGS))
    k.steer({ settings: { contentStatus: 400 } })
    const bad = { detail: CASHTAGS, type: 'about:blank', title: 'Bad Request', status: 400 }
    await refused('mara', { text: 'Long $AAPL and $TSLA' }, bad, 400)
    const access = await k.token()
    await k.posted(access, { text: 'Long $AAPL for $5 and $10' })
    k.steer({ app: { registration: 'x', tier: 'enterprise' } })
    await k.posted(access, { text: 'Long $AAPL and $TSLA' })
  })

  it.each(['https://bad.com/x', 'BAD.com', 'http://bad.com:80/?a'])('a blocked link: %s', async (link) => {
    k.steer({ settings: { blockedHosts: ['bad.com'] } })
    await refused('mara', { text: `Look: ${link}` }, forbidden(BLOCKED))
    await k.posted(await k.token(), { text: `Look: ${link.replace(/bad/i, 'good')}` })
  })

  it.each([{ community_id: '1' }, { card_uri: 'card://1' }, { nullcast: true }, { for_super_followers_only: true }])(
    'what nobody here has: %j',
    (what) => refused('mara', { text: 'x', ...what }, CATCH_ALL),
  )
})
