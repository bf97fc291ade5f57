import { describe, expect, it } from 'vitest'
import { xKit } from '../testing.ts'

const k = xKit()

const INVALID = {
  title: 'Invalid Request',
  detail: 'One or more parameters to your request was invalid.',
  type: 'https://api.twitter.com/2/problems/invalid-request',
}
const EXCLUSIVE = 'You can only provide one of poll or quote_tweet_id or direct_message_deep_link or media or card_uri.'
const poll = { options: ['a', 'b'], duration_minutes: 60 }
const media = { media_ids: ['1'] }

describe('POST /2/tweets refuses', () => {
  it.each([
    [
      'another type',
      'text=hi',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'Requests with bodies must have content-type of application/json.',
    ],
    ['no body', '', {}, 'Request body is not valid JSON.'],
    ['no JSON', '{"text":', {}, 'Request body is not valid JSON.'],
    ['a list', '[]', {}, 'Request body must be a JSON object.'],
    ['nothing', 'null', {}, 'Request body must be a JSON object.'],
  ])('%s', async (_, body, headers, message) => {
    const answer = await k.send('POST', '/2/tweets', await k.token(), body, headers)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json'])
    // Those that were captured have no `status` in them.
    expect(answer.json).toEqual({ ...INVALID, errors: [{ message }] })
  })

  it.each([
    [
      { text: 'a', lang: 'en' },
      '$.lang: is not defined in the schema and the schema does not allow additional properties',
    ],
    [
      { text: 'a', media: { ...media, alt: 'x' } },
      '$.media.alt: is not defined in the schema and the schema does not allow additional properties',
    ],
    [{ text: 'a', reply: {} }, '$.reply.in_reply_to_tweet_id: is missing but it is required'],
    [
      { text: 'a', reply: { in_reply_to_tweet_id: 12 } },
      '$.reply.in_reply_to_tweet_id: integer found, string expected',
    ],
    [
      { text: 'a', reply: { in_reply_to_tweet_id: 'x' } },
      '$.reply.in_reply_to_tweet_id: does not match the regex pattern ^[0-9]{1,19}$',
    ],
    [{ text: 1 }, '$.text: integer found, string expected'],
    [{ text: null }, '$.text: null found, string expected'],
    [{ media: {} }, '$.media.media_ids: is missing but it is required'],
    [{ media: { media_ids: [] } }, '$.media.media_ids: there must be a minimum of 1 items in the array'],
    [
      { media: { media_ids: ['1', '2', '3', '4', '5'] } },
      '$.media.media_ids: there must be a maximum of 4 items in the array',
    ],
    [{ media: { media_ids: ['abc'] } }, '$.media.media_ids[0]: does not match the regex pattern ^[0-9]{1,19}$'],
    [
      { media: { ...media, tagged_user_ids: Array.from({ length: 11 }, () => '1') } },
      '$.media.tagged_user_ids: there must be a maximum of 10 items in the array',
    ],
    [{ text: 'a', poll: { options: ['a', 'b'] } }, '$.poll.duration_minutes: is missing but it is required'],
    [{ text: 'a', poll: { duration_minutes: 5 } }, '$.poll.options: is missing but it is required'],
    [
      { text: 'a', poll: { ...poll, options: ['a'] } },
      '$.poll.options: there must be a minimum of 2 items in the array',
    ],
    [
      { text: 'a', poll: { ...poll, options: ['a', 'b', 'c', 'd', 'e'] } },
      '$.poll.options: there must be a maximum of 4 items in the array',
    ],
    [{ text: 'a', poll: { ...poll, options: ['a', ''] } }, '$.poll.options[1]: must be at least 1 characters long'],
    [
      { text: 'a', poll: { ...poll, options: ['a', 'x'.repeat(26)] } },
      '$.poll.options[1]: may only be 25 characters long',
    ],
    [{ text: 'a', poll: { ...poll, duration_minutes: 4 } }, '$.poll.duration_minutes: must have a minimum value of 5'],
    [
      { text: 'a', poll: { ...poll, duration_minutes: 10_081 } },
      '$.poll.duration_minutes: must have a maximum value of 10080',
    ],
    [
      { text: 'a', reply_settings: 'everyone' },
      '$.reply_settings: does not have a value in the enumeration [following, mentionedUsers, subscribers, verified]',
    ],
    [{ text: 'a', made_with_ai: 'yes' }, '$.made_with_ai: string found, boolean expected'],
  ])('%j', async (body, message) => {
    const answer = await k.create(await k.token(), body)
    expect([answer.status, answer.json]).toEqual([400, { ...INVALID, errors: [{ parameters: {}, message }] }])
  })

  it.each([
    [{ text: 'a', poll, media }],
    [{ text: 'a', poll, quote_tweet_id: '1' }],
    [{ text: 'a', media, card_uri: 'card://1' }],
    [{ text: 'a', direct_message_deep_link: 'https://x.com/messages/compose?recipient_id=1', quote_tweet_id: '1' }],
  ])('two that exclude each other: %j', async (body) => {
    const { text: _, ...parameters } = body
    const answer = await k.create(await k.token(), body)
    expect([answer.status, answer.json]).toEqual([400, { ...INVALID, errors: [{ parameters, message: EXCLUSIVE }] }])
  })

  it.each([{}, { text: '' }, { text: '  \n' }, { text: '', poll }])('nothing said: %j', async (body) => {
    const answer = await k.create(await k.token(), body)
    expect([answer.status, answer.json.errors[0].parameters]).toEqual([
      400,
      { text: [(body as { text?: string }).text ?? ''] },
    ])
  })

  it('what no post may hold', async () => {
    for (const text of ['a\uFFFEb', 'a\uFEFFb', 'a\uFFFFb'])
      expect(await k.create(await k.token(), { text })).toMatchObject({
        status: 400,
        json: { title: 'Invalid Request' },
      })
  })

  it('at the other host of problems', async () => {
    k.steer({ settings: { problemHost: 'https://api.x.com' } })
    expect((await k.create(await k.token(), {})).json.type).toBe('https://api.x.com/2/problems/invalid-request')
  })

  it('and publishes none of it', () => expect(k.ledger()).toEqual([]))
})

it('takes a text of 25,000 of the widest characters', async () => {
  const text = '😀'.repeat(12_500)
  expect((await k.create(await k.token(), { text })).status).toBe(201)
})
