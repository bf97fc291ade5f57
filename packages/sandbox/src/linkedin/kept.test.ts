import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sampleMp4, samplePng } from '../core/samples.ts'
import { kept } from '../kit-kept.ts'
import { enc, NORTHWIND, Publisher } from './testing.ts'

const k = kept()

describe('after a restart', () => {
  it('posts, comments and files are still there', async () => {
    const one = new Publisher(await k.start())
    one.k.settings({ commentScopes: 'social' })
    const who = await one.person()
    const id = await one.file('image', who, samplePng(6, 6), NORTHWIND)
    const image = { content: { media: { id, altText: 'Alt' } } }
    const urn = await one.published(who, { author: NORTHWIND, commentary: 'Kept #now', ...image })
    const gone = await one.published(who, { commentary: 'Deleted' })
    await one.send('DELETE', `/rest/posts/${enc(gone)}`, who.token)
    const said = { actor: who.urn, object: urn, message: { text: 'First!' } }
    await one.send('POST', `/rest/socialActions/${enc(urn)}/comments`, who.token, said)
    const before = one.ledger
    expect(before).toHaveLength(3)

    const two = new Publisher(await k.next(one.k))
    expect(two.ledger).toEqual(before)
    const { json } = await two.send('GET', `/rest/posts/${enc(urn)}`, who.token)
    expect(json).toMatchObject({ id: urn, commentary: 'Kept {hashtag|\\#|now}', ...image })
    expect((await two.create(who, { author: NORTHWIND, commentary: 'Kept #now' })).json.message).toContain(urn)
    const again = await two.published(who, {
      commentary: 'Next',
      content: { media: { id: await two.file('image', who, samplePng(6, 6)) } },
    })
    expect(before.map((entry) => entry.id)).not.toContain(again)
    expect(k.lines).toEqual([])
  })

  it('a file can be used, and a picture stands for its bytes', async () => {
    const one = new Publisher(await k.start())
    const who = await one.person()
    const id = await one.file('image', who, samplePng(6, 6))
    const two = new Publisher(await k.next(one.k))
    const urn = await two.published(who, { content: { media: { id } } })
    const html = await (await fetch(two.k.www(`/feed/update/${urn}/`))).text()
    const source = /<img class="shown" src="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const shown = await fetch(source)
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png'])
  })

  it('parts of a video that were not joined have to be sent again', async () => {
    const one = new Publisher(await k.start())
    const who = await one.person()
    const clip = sampleMp4({ seconds: 5, bytes: 90_000 })
    const { value } = (await one.init('video', who, { fileSizeBytes: clip.length })).json
    const put = async (at: Publisher) =>
      ((await at.upload(value.uploadInstructions[0].uploadUrl, clip)).headers.get('etag') ?? '').replaceAll('"', '')
    const lost = await put(one)
    const two = new Publisher(await k.next(one.k))
    const { json } = await two.finalize(who, { video: value.video, uploadedPartIds: [lost] })
    expect(json.code).toBe('MEDIA_ASSET_WAITING_UPLOAD')
    const sent = await put(two)
    expect((await two.finalize(who, { video: value.video, uploadedPartIds: [sent] })).status).toBe(200)
  })

  it('a state file from before anything could be published is taken as it is', async () => {
    const first = await k.start()
    const { access_token } = await first.tokens()
    await first.sandbox.stop()
    const file = JSON.parse(readFileSync(k.file, 'utf8'))
    for (const name of ['serial', 'posts', 'comments', 'media']) delete file.linkedin[name]
    writeFileSync(k.file, JSON.stringify(file))
    const second = await k.start()
    expect((await second.get('/v2/userinfo', access_token)).status).toBe(200)
    expect(k.lines).toEqual([])
  })
})
