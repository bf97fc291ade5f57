import { describe, expect, it } from 'vitest'
import { START } from '../../kit.ts'
import { xKit } from '../testing.ts'

const k = xKit()
const MARA = '1790000000000000101'

describe('POST /2/tweets', () => {
  it('makes a post, and says so with 201', async () => {
    const made = await k.create(await k.token(), { text: 'Hello from the studio' })
    expect(made.status).toBe(201)
    const { id } = made.json.data
    expect(id).toMatch(/^[0-9]{19}$/)
    expect(made.json).toEqual({ data: { id, text: 'Hello from the studio', edit_history_tweet_ids: [id] } })
    expect(k.ledger()).toEqual([
      {
        ...{ id, account: MARA, kind: 'post', text: 'Hello from the studio', at: START, replyTo: null },
        ...{ media: [], link: null, visibility: 'public', deleted: false },
      },
    ])
  })

  it('speaks the other vocabulary', async () => {
    k.steer({ settings: { vocabulary: 'openapi' } })
    const { data } = (await k.create(await k.token(), { text: 'x' })).json
    expect(data).toEqual({ id: data.id, text: 'x', edit_history_post_ids: [data.id] })
  })

  it('gives ids that grow, in one moment and in the next', async () => {
    const access = await k.token()
    const ids: bigint[] = []
    for (const text of ['one', 'two', 'three']) ids.push(BigInt(await k.posted(access, { text })))
    k.sandbox.control.advance(1)
    ids.push(BigInt(await k.posted(access, { text: 'four' })))
    expect(ids).toEqual(ids.toSorted((a, b) => (a < b ? -1 : 1)))
    expect(new Set(ids).size).toBe(4)
    // The moment can be read from it.
    expect(Number((ids[0] ?? 0n) >> 22n) + 1_288_834_974_657).toBe(START)
  })

  it('answers with t.co in the place of links, and with entities of HTML', async () => {
    const text =
      'Cups & bowls <new>: https://www.northwind.com/shop/autumn-collection-of-this-year and shop.northwind.com'
    const made = await k.create(await k.token(), { text })
    expect(made.json.data.text).toMatch(
      /^Cups &amp; bowls &lt;new&gt;: https:\/\/t\.co\/\w{10} and https:\/\/t\.co\/\w{10}$/,
    )
    // People read the text with its links.
    expect(k.ledger()[0]).toMatchObject({ text, link: 'https://www.northwind.com/shop/autumn-collection-of-this-year' })
    k.steer({ settings: { escapes: 'none' } })
    expect((await k.create(await k.token(), { text: 'a & b' })).json.data.text).toBe('a & b')
  })

  it('takes a poll, labels and who may answer', async () => {
    const access = await k.token()
    const body = {
      text: 'Tea or coffee?',
      poll: { options: ['Tea', 'x'.repeat(25)], duration_minutes: 10_080 },
      reply_settings: 'mentionedUsers',
      made_with_ai: true,
      paid_partnership: false,
    }
    const id = await k.posted(access, body)
    const query =
      '?tweet.fields=reply_settings,attachments&expansions=attachments.poll_ids&poll.fields=duration_minutes,voting_status'
    const { data, includes } = (await k.read(access, id, query)).json
    expect(data.reply_settings).toBe('mentionedUsers')
    expect(includes.polls).toEqual([
      {
        id: data.attachments.poll_ids[0],
        options: [
          { position: 1, label: 'Tea', votes: 0 },
          { position: 2, label: 'x'.repeat(25), votes: 0 },
        ],
        duration_minutes: 10_080,
        voting_status: 'open',
      },
    ])
  })

  it.each(['tweet.read users.read', 'tweet.write users.read', 'tweet.read tweet.write'])(
    'is closed to a token of %s',
    async (scope) => {
      const answer = await k.create(await k.token('mara', scope), { text: 'x' })
      expect([answer.status, answer.json]).toEqual([
        403,
        { title: 'Forbidden', type: 'about:blank', detail: 'Forbidden', status: 403 },
      ])
      expect(k.ledger()).toEqual([])
    },
  )

  it('is closed without a token, to the app’s own, and to who is suspended', async () => {
    expect((await k.create('invented', { text: 'x' })).status).toBe(401)
    const own = await k.create('AAAAAAAAAAAAAAAAAAAAAsandbox-x-app-only', { text: 'x' })
    expect(own).toMatchObject({ status: 403, json: { title: 'Unsupported Authentication' } })
    const access = await k.token()
    k.steer({ user: { member: 'mara', suspended: true } })
    const suspended = await k.create(access, { text: 'x' })
    expect(suspended.json).toMatchObject({
      detail: 'Your account is not permitted to access this feature',
      type: 'https://api.twitter.com/2/problems/user-suspended',
    })
    k.steer({ user: { member: 'mara', suspended: false } })
    k.steer({ app: { registration: 'x', enrolled: 'client-not-enrolled' } })
    expect((await k.create(access, { text: 'x' })).json).toMatchObject({ reason: 'client-not-enrolled' })
    expect(k.ledger()).toEqual([])
  })

  it('leaves other paths and methods as empty as they are', async () => {
    const access = await k.token()
    for (const path of ['/2/tweet', '/2/tweets/1/hidden/x', '/2/usage/credits', '/1.1/statuses/update.json'])
      expect(await k.send('POST', path, access, {})).toMatchObject({ status: 404, text: '' })
    expect(await k.send('PUT', '/2/tweets', access, {})).toMatchObject({ status: 405, text: '' })
  })
})
