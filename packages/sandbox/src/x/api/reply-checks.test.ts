import { describe, expect, it } from 'vitest'
import { xKit } from '../testing.ts'

const k = xKit()

const NOT_SUMMONED =
  'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.'
const GONE = 'You attempted to reply to a Tweet that is deleted or not visible to you.'
const NOT_QUOTED =
  'Quoting this post is not allowed because you have not been mentioned or are not part of the conversation thread of the post you are quoting.'

const answer = (id: string, text = 'Thank you') => ({ text, reply: { in_reply_to_tweet_id: id } })
const refusal = (detail: string) => ({ status: 403, json: { detail, type: 'about:blank', title: 'Forbidden' } })

describe('a reply', () => {
  it('to one’s own post goes on with it: a thread is a chain', async () => {
    const access = await k.token()
    const first = await k.posted(access, { text: 'One' })
    const second = await k.posted(access, answer(first, 'Two'))
    const third = await k.posted(access, answer(second, 'Three'))
    expect(k.ledger().map(({ kind, replyTo }) => [kind, replyTo])).toEqual([
      ['post', null],
      ['reply', first],
      ['reply', second],
    ])
    const query = '?tweet.fields=conversation_id,referenced_tweets,in_reply_to_user_id'
    expect((await k.read(access, third, query)).json.data).toMatchObject({
      conversation_id: first,
      referenced_tweets: [{ type: 'replied_to', id: second }],
      in_reply_to_user_id: '1790000000000000101',
    })
  })

  it('to a stranger is refused, be the post open to everyone', async () => {
    const id = await k.posted(await k.token('priya'), { text: 'What do you all think?' })
    expect(await k.create(await k.token(), answer(id))).toMatchObject(refusal(NOT_SUMMONED))
  })

  it('to who mentioned the user is taken, in whatever letters', async () => {
    const id = await k.posted(await k.token('priya'), { text: 'What do you think, @MaraLindqvist?' })
    expect((await k.create(await k.token(), answer(id))).status).toBe(201)
    expect(await k.create(await k.token('tomas'), answer(id))).toMatchObject(refusal(NOT_SUMMONED))
  })

  it('to who quoted the user is taken', async () => {
    const own = await k.posted(await k.token(), { text: 'Mine' })
    k.steer({ app: { registration: 'x', tier: 'enterprise' } })
    const quote = await k.posted(await k.token('priya'), { text: 'Look at this', quote_tweet_id: own })
    k.steer({ app: { registration: 'x', tier: 'self-serve' } })
    expect((await k.create(await k.token(), answer(quote))).status).toBe(201)
  })

  it('to anybody is taken from Enterprise', async () => {
    const id = await k.posted(await k.token('priya'), { text: 'Hello all' })
    k.steer({ app: { registration: 'x', tier: 'enterprise' } })
    expect((await k.create(await k.token(), answer(id))).status).toBe(201)
  })

  it('to what is not there, was deleted, or is protected', async () => {
    const access = await k.token()
    const gone = await k.posted(access, { text: 'Oops' })
    await k.remove(access, gone)
    const hidden = await k.posted(await k.token('ines'), { text: 'For friends, @maralindqvist' })
    for (const id of ['1', gone, hidden]) expect(await k.create(access, answer(id))).toMatchObject(refusal(GONE))
    expect((await k.create(await k.token('ines'), answer(hidden))).status).toBe(201)
  })
})

describe('a quote', () => {
  it('is for Enterprise alone', async () => {
    const access = await k.token()
    const id = await k.posted(access, { text: 'Quote me' })
    const quote = { text: 'Well said', quote_tweet_id: id }
    expect(await k.create(access, quote)).toMatchObject(refusal(NOT_QUOTED))
    k.steer({ app: { registration: 'x', tier: 'enterprise' } })
    const made = await k.posted(access, quote)
    expect(await k.create(access, { text: 'x', quote_tweet_id: '1' })).toMatchObject(refusal(NOT_QUOTED))
    expect(k.ledger().map(({ kind }) => kind)).toEqual(['post', 'quote'])
    const query = '?tweet.fields=referenced_tweets,public_metrics&expansions=referenced_tweets.id'
    const read = (await k.read(access, made, query)).json
    expect(read.data.referenced_tweets).toEqual([{ type: 'quoted', id }])
    expect(read.includes.tweets[0]).toMatchObject({ id, public_metrics: { quote_count: 1, reply_count: 0 } })
  })
})
