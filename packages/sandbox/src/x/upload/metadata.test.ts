import { describe, expect, it } from 'vitest'
import { sampleGif } from '../../core/samples.ts'
import { movie } from '../media/mp4-testing.ts'
import { xKit } from '../testing.ts'
import { GIF, inPieces, picture, VIDEO } from './upload-testing.ts'

const k = xKit()
const alt = (id: string, text: string) => ({ id, metadata: { alt_text: { text } } })
const send = (token: string, body: unknown) => k.send('POST', '/2/media/metadata', token, body)

describe('POST /2/media/metadata', () => {
  it('gives a picture or a GIF its alt text, the last one counts', async () => {
    const access = await k.token()
    const id = await picture(k, access)
    const answer = await send(access, alt(id, 'A cup'))
    expect([answer.status, answer.json]).toEqual([
      200,
      { data: { id, associated_metadata: { alt_text: { text: 'A cup' } } } },
    ])
    await send(access, alt(id, 'x'.repeat(1000)))
    await k.posted(access, { media: { media_ids: [id] } })
    expect(k.ledger()[0]?.media[0]?.alt).toBe('x'.repeat(1000))
    const gif = (await inPieces(k, access, sampleGif(2), GIF)).json.data.id
    expect((await send(access, alt(gif, 'It turns'))).status).toBe(200)
  })

  it.each([
    [alt('1', ''), '$.metadata.alt_text.text: must be at least 1 characters long'],
    [alt('1', 'x'.repeat(1001)), '$.metadata.alt_text.text: may only be 1000 characters long'],
    [{ id: '1' }, '$.metadata: is missing but it is required'],
    [{ id: '1', metadata: {} }, '$.metadata.alt_text: is missing but it is required'],
    [{ ...alt('1', 'a'), media_id: '1' }, '$.media_id: is not defined in the schema'],
    [alt('x', 'a'), '$.id: does not match the regex pattern'],
  ])('refuses %j', async (body, message) => {
    const answer = await send(await k.token(), body)
    expect([answer.status, answer.json.errors[0].message]).toEqual([400, expect.stringContaining(message)])
  })

  it('is not for a video, another’s, or what is not there', async () => {
    const access = await k.token()
    const video = (await inPieces(k, access, movie(), VIDEO)).json.data.id
    const other = await picture(k, await k.token('tomas'))
    for (const id of [video, other, '1'])
      expect(await send(access, alt(id, 'a'))).toMatchObject({
        json: { errors: [{ message: 'BadRequest: Not found' }] },
      })
  })
})
