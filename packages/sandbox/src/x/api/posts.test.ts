import { describe, expect, it } from 'vitest'
import { samplePng } from '../../core/samples.ts'
import { movie } from '../media/mp4-testing.ts'
import { xKit } from '../testing.ts'
import { picture, ready } from '../upload/upload-testing.ts'

const k = xKit()
const MARA = '1790000000000000101'
const NOT_FOUND = 'https://api.twitter.com/2/problems/resource-not-found'

const missing = (id: string, parameter: string) => ({
  value: id,
  detail: `Could not find tweet with ${parameter}: [${id}].`,
  title: 'Not Found Error',
  resource_type: 'tweet',
  parameter,
  resource_id: id,
  type: NOT_FOUND,
})

describe('GET /2/tweets/{id}', () => {
  it('answers id, text and history unless more is asked for', async () => {
    const access = await k.token()
    const id = await k.posted(access, { text: 'Hello' })
    const read = await k.read(access, id)
    expect([read.status, read.json]).toEqual([200, { data: { id, text: 'Hello', edit_history_tweet_ids: [id] } }])
  })

  it('tells where links, names and tags stand, and where links lead', async () => {
    const access = await k.token()
    const text = '😀 See example.com/cups & https://www.example.com/a/very/long/path/that/goes/on #Cups by @tomasb $TOM'
    const id = await k.posted(access, { text })
    const { data } = (await k.read(access, id, '?tweet.fields=entities,created_at,author_id')).json
    const at = ({ start, end }: { start: number; end: number }) => [...data.text].slice(start, end).join('')
    const [first, second] = data.entities.urls
    expect(first).toMatchObject({ expanded_url: 'http://example.com/cups', display_url: 'example.com/cups' })
    expect(second).toMatchObject({
      expanded_url: 'https://www.example.com/a/very/long/path/that/goes/on',
      display_url: 'example.com/a/very/long/pa…',
    })
    expect([at(first), at(second)]).toEqual([first.url, second.url])
    expect(first.url).not.toBe(second.url)
    expect(data.entities.hashtags.map(at)).toEqual(['#Cups'])
    expect(data.entities.mentions).toMatchObject([{ username: 'tomasb' }])
    expect(data.entities.cashtags.map(at)).toEqual(['$TOM'])
    expect(data).toMatchObject({ created_at: '2026-11-21T12:00:00.000Z', author_id: MARA })
  })

  it('shows a long post cut, and whole as a note', async () => {
    const access = await k.token()
    const text = `${'word '.repeat(80)}at https://example.com/end`
    const id = await k.posted(access, { text })
    const legacy = (await k.read(access, id, '?tweet.fields=note_tweet,entities')).json.data
    expect(legacy.text).toMatch(/^(word )+word… https:\/\/t\.co\/\w{10}$/)
    expect(legacy.text.length).toBeLessThanOrEqual(280)
    expect(legacy.entities.urls.map(({ expanded_url }: { expanded_url: string }) => expanded_url)).toEqual([
      `https://x.com/maralindqvist/status/${id}`,
    ])
    expect(legacy.note_tweet.text).toMatch(/^(word ){80}at https:\/\/t\.co\/\w{10}$/)
    expect(legacy.note_tweet.entities.urls[0].expanded_url).toBe('https://example.com/end')
    k.steer({ settings: { vocabulary: 'openapi' } })
    const now = (await k.read(access, id, '?post.fields=note_post,public_metrics')).json.data
    expect(now.note_post).toMatchObject({ text: legacy.note_tweet.text })
    expect(now).toMatchObject({ edit_history_post_ids: [id], public_metrics: { repost_count: 0 } })
    for (const name of ['note_tweet', 'edit_history_tweet_ids']) expect(now).not.toHaveProperty(name)
    expect(now.public_metrics).not.toHaveProperty('retweet_count')
  })

  it('shows media beside the post, with a link in its text', async () => {
    const access = await k.token()
    const photo = await picture(k, access)
    await k.send('POST', '/2/media/metadata', access, { id: photo, metadata: { alt_text: { text: 'A cup' } } })
    const video = await ready(k, access, movie({ seconds: 3 }))
    const query =
      '?tweet.fields=attachments,entities&expansions=attachments.media_keys,author_id&media.fields=alt_text,url,width,height,duration_ms,preview_image_url&user.fields=verified'
    const first = await k.posted(access, { text: 'A cup', media: { media_ids: [photo] } })
    const one = (await k.read(access, first, query)).json
    expect(one.data.attachments).toEqual({ media_keys: [`3_${photo}`] })
    expect(one.data.text).toBe(`A cup ${one.data.entities.urls[0].url}`)
    expect(one.data.entities.urls[0]).toMatchObject({
      expanded_url: `https://x.com/maralindqvist/status/${first}/photo/1`,
      media_key: `3_${photo}`,
    })
    expect(one.includes.media).toEqual([
      {
        media_key: `3_${photo}`,
        type: 'photo',
        alt_text: 'A cup',
        url: `https://pbs.twimg.com/media/3_${photo}`,
        width: 40,
        height: 30,
      },
    ])
    expect(one.includes.users).toEqual([
      { id: MARA, name: 'Mara Lindqvist', username: 'maralindqvist', verified: true },
    ])
    const bytes = await fetch(`${k.sandbox.origins['https://pbs.twimg.com']}/media/3_${photo}`)
    expect(new Uint8Array(await bytes.arrayBuffer())).toEqual(new Uint8Array(samplePng(40, 30)))
    const second = await k.posted(access, { text: 'It turns', media: { media_ids: [video] } })
    expect((await k.read(access, second, query)).json.includes.media).toMatchObject([
      { type: 'video', duration_ms: 3000, preview_image_url: `https://pbs.twimg.com/media/7_${video}` },
    ])
  })

  it('says of what is not there: 200 with errors, or 404', async () => {
    const access = await k.token()
    const id = await k.posted(access, { text: 'Oops' })
    await k.remove(access, id)
    expect(await k.read(access, id)).toMatchObject({ status: 200, json: { errors: [missing(id, 'id')] } })
    expect((await k.read(access, id)).json).not.toHaveProperty('data')
    k.steer({ settings: { missingPost: '404' } })
    expect(await k.read(access, id)).toMatchObject({ status: 404, json: { type: NOT_FOUND, status: 404 } })
  })

  it('hides what is protected from everyone else', async () => {
    const ines = await k.token('ines')
    const id = await k.posted(ines, { text: 'For friends' })
    expect((await k.read(ines, id)).json.data.text).toBe('For friends')
    expect((await k.read(await k.token(), id)).json.errors[0]).toMatchObject({
      title: 'Authorization Error',
      type: 'https://api.twitter.com/2/problems/not-authorized-for-resource',
    })
  })

  it.each([
    ['/2/tweets/abc', 'id'],
    ['/2/tweets/12345678901234567890', 'id'],
    ['/2/tweets/1?fields=text', 'fields'],
    ['/2/tweets/1?tweet.fields=shoe', 'tweet.fields'],
    ['/2/tweets/1?expansions=shoe', 'expansions'],
    ['/2/tweets/1?media.fields=shoe', 'media.fields'],
  ])('refuses %s', async (path, name) => {
    const { status, json } = await k.get(path, await k.token())
    expect([status, Object.keys(json.errors[0].parameters)]).toEqual([400, [name]])
  })

  it('needs tweet.read and users.read', async () => {
    for (const scope of ['users.read', 'tweet.read'])
      expect((await k.read(await k.token('mara', scope), '1')).status).toBe(403)
  })
})

describe('GET /2/tweets', () => {
  it('answers what is there, and an error for each of the others', async () => {
    const access = await k.token()
    const [one, two] = [await k.posted(access, { text: 'One' }), await k.posted(access, { text: 'Two' })]
    const read = await k.get(`/2/tweets?ids=${two},1,${one}&tweet.fields=author_id`, access)
    expect(read.status).toBe(200)
    expect(read.json.data.map(({ id }: { id: string }) => id)).toEqual([two, one])
    expect(read.json.errors).toEqual([missing('1', 'ids')])
    expect((await k.get('/2/tweets?ids=1', access)).json).toEqual({ errors: [missing('1', 'ids')] })
  })

  it.each([
    ['', 'ids'],
    ['?ids=', 'ids'],
    [`?ids=${Array.from({ length: 101 }, (_, n) => n).join(',')}`, 'ids'],
    ['?ids=1,x', 'ids'],
    ['?id=1', 'id'],
  ])('refuses %s', async (query, name) => {
    const { status, json } = await k.get(`/2/tweets${query}`, await k.token())
    expect([status, Object.keys(json.errors[0].parameters)]).toEqual([400, [name]])
  })
})
