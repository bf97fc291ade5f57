import { beforeEach, describe, expect, it } from 'vitest'
import { xKit } from '../testing.ts'

const k = xKit()
const MARA = '1790000000000000101'
const INES = '2244994'
const PATH = `/2/users/${MARA}/tweets`

let access = ''
beforeEach(async () => {
  access = await k.token()
})

const list = async (query = '', token = access) => (await k.get(`${PATH}${query}`, token)).json
const texts = (answer: { data?: { text: string }[] }) => (answer.data ?? []).map(({ text }) => text)

/** So many posts, a minute apart. */
async function post(count: number): Promise<string[]> {
  const ids: string[] = []
  for (let n = 1; n <= count; n += 1) {
    ids.push(await k.posted(access, { text: `Post ${n}` }))
    k.sandbox.control.advance(60)
  }
  return ids
}

describe('GET /2/users/{id}/tweets', () => {
  it('lists a user’s own, the newest first', async () => {
    const ids = await post(3)
    await k.posted(await k.token('tomas'), { text: 'Another’s' })
    const answer = await list()
    expect(texts(answer)).toEqual(['Post 3', 'Post 2', 'Post 1'])
    expect(answer.meta).toEqual({ result_count: 3, newest_id: ids[2], oldest_id: ids[0] })
  })

  it('is empty without a `data`', async () => expect(await list()).toEqual({ meta: { result_count: 0 } }))

  it('comes in pages, and a post in between moves nothing', async () => {
    await post(12)
    const first = await list()
    expect(texts(first)).toHaveLength(10)
    await k.posted(access, { text: 'New' })
    const second = await list(`?pagination_token=${first.meta.next_token}`)
    expect([texts(second), second.meta.next_token]).toEqual([['Post 2', 'Post 1'], undefined])
    expect(texts(await list('?max_results=5'))).toEqual(['New', 'Post 12', 'Post 11', 'Post 10', 'Post 9'])
  })

  it('from a time, to a time, since and until a post', async () => {
    const ids = await post(4)
    expect(texts(await list('?start_time=2026-11-21T12:01:00Z&end_time=2026-11-21T12:03:00Z'))).toEqual([
      'Post 3',
      'Post 2',
    ])
    expect(texts(await list('?start_time=2026-11-21T12:02:59.500Z'))).toEqual(['Post 4'])
    expect(texts(await list(`?since_id=${ids[1]}&until_id=${ids[3]}`))).toEqual(['Post 3'])
  })

  it('without what was deleted, and without replies where they are not wanted', async () => {
    const [one = '', two = ''] = await post(2)
    await k.posted(access, { text: 'Reply', reply: { in_reply_to_tweet_id: one } })
    await k.remove(access, two)
    expect(texts(await list())).toEqual(['Reply', 'Post 1'])
    expect(texts(await list('?exclude=replies,retweets'))).toEqual(['Post 1'])
  })

  it('a moment late, by a switch; by its id a post is there at once', async () => {
    k.steer({ settings: { timelineLag: 30 } })
    const id = await k.posted(access, { text: 'Just now' })
    expect(texts(await list())).toEqual([])
    expect((await k.read(access, id)).json.data.text).toBe('Just now')
    k.sandbox.control.advance(30)
    expect(texts(await list())).toEqual(['Just now'])
  })

  it('shows another’s to anybody, a protected user’s to nobody else', async () => {
    await post(1)
    expect(texts(await list('', await k.token('tomas')))).toEqual(['Post 1'])
    const ines = await k.token('ines')
    await k.posted(ines, { text: 'For friends' })
    const path = `/2/users/${INES}/tweets`
    expect(texts((await k.get(path, ines)).json)).toEqual(['For friends'])
    expect((await k.get(path, access)).json.errors[0].title).toBe('Authorization Error')
    expect((await k.get('/2/users/1/tweets', access)).json.errors[0].title).toBe('Not Found Error')
  })

  it.each([
    ['max_results', '4'],
    ['max_results', '101'],
    ['max_results', 'x'],
    ['start_time', '2026-11-21'],
    ['start_time', '2026-13-41T12:00:00Z'],
    ['end_time', '2026-11-21T12:00:00+01:00'],
    ['since_id', 'x'],
    ['until_id', '12345678901234567890'],
    ['pagination_token', 'x'],
    ['exclude', 'quotes'],
    ['count', '5'],
  ])('refuses %s=%s', async (name, value) => {
    const answer = await k.get(`${PATH}?${new URLSearchParams({ [name]: value })}`, access)
    expect([answer.status, answer.json.errors[0].parameters]).toEqual([400, { [name]: [value] }])
  })

  it('refuses a time that ends before it begins', async () => {
    const answer = await k.get(`${PATH}?start_time=2026-11-21T12:00:00Z&end_time=2026-11-21T12:00:00Z`, access)
    expect(answer.status).toBe(400)
  })
})
