import { describe, expect, it } from 'vitest'
import { samplePng } from '../../core/samples.ts'
import { DAY, kit } from '../../kit.ts'
import { ACME, enc, NORTHWIND, Publisher } from '../testing.ts'

const k = kit({ only: ['linkedin'] })
const p = new Publisher(k)

describe('the same text again', () => {
  it('is refused, and the refusal names the post that is there', async () => {
    const who = await p.person()
    const urn = await p.published(who)
    const answer = await p.create(who)
    expect([answer.status, answer.json]).toEqual([
      422,
      {
        errorDetailType: 'com.linkedin.common.error.BadRequest',
        message: `com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of ${urn}`,
        errorDetails: {
          inputErrors: [{ description: 'Duplicate post is detected', input: {}, code: 'DUPLICATE_POST' }],
        },
        status: 422,
      },
    ])
    expect(p.ledger).toHaveLength(1)
  })

  it('may be named by its activity', async () => {
    k.settings({ duplicateNames: 'activity' })
    const who = await p.person()
    await p.published(who)
    expect((await p.create(who)).json.message).toMatch(/duplicate of urn:li:activity:\d+$/)
  })

  it('for ten minutes', async () => {
    const who = await p.person()
    await p.published(who)
    k.sandbox.control.advance(599)
    expect((await p.create(who)).status).toBe(422)
    k.sandbox.control.advance(1)
    expect((await p.create(who)).status).toBe(201)
  })

  it.each([
    [0, 0, 201],
    [2 * DAY, 2 * DAY - 1, 422],
  ])('or for %i seconds', async (duplicateSeconds, after, status) => {
    k.settings({ duplicateSeconds })
    const who = await p.person()
    await p.published(who)
    k.sandbox.control.advance(after)
    expect((await p.create(who)).status).toBe(status)
  })

  it('with another picture is the same all the same', async () => {
    const who = await p.person()
    await p.published(who)
    const id = await p.file('image', who, samplePng(3, 3))
    expect((await p.create(who, { content: { media: { id } } })).status).toBe(422)
  })

  it('written in another way is the same', async () => {
    const who = await p.person()
    await p.published(who, { commentary: 'Go #now' })
    expect((await p.create(who, { commentary: 'Go {hashtag|\\#|now}' })).status).toBe(422)
  })

  it('after its post was deleted, too: the post that is named is gone', async () => {
    const who = await p.person({ scope: 'w_organization_social r_organization_social' })
    const urn = await p.published(who, { author: ACME })
    expect((await p.send('DELETE', `/rest/posts/${enc(urn)}`, who.token)).status).toBe(204)
    expect((await p.create(who, { author: ACME })).json.message).toContain(urn)
    expect((await p.send('GET', `/rest/posts/${enc(urn)}`, who.token)).status).toBe(404)
    k.settings({ duplicateOfDeleted: 'accepted' })
    expect((await p.create(who, { author: ACME })).status).toBe(201)
  })

  it('by another app of the same member is the same', async () => {
    await p.published(await p.person())
    expect((await p.create(await p.person({ registration: 'linkedin-selfserve' }))).status).toBe(422)
  })
})

describe('is no duplicate', () => {
  it('by another author', async () => {
    const who = await p.person()
    for (const author of [who.urn, NORTHWIND, ACME]) await p.published(who, { author })
    await p.published(await p.person({ member: 'tomas' }))
    expect(p.ledger).toHaveLength(4)
  })

  it('a picture without words, and another', async () => {
    const who = await p.person()
    const [one, two] = [await p.file('image', who, samplePng(3, 3)), await p.file('image', who, samplePng(3, 3))]
    const create = (id: string) => p.create(who, { commentary: '', content: { media: { id } } })
    expect([(await create(one)).status, (await create(two)).status, (await create(one)).status]).toEqual([
      201, 201, 422,
    ])
  })

  it('what was changed since', async () => {
    const who = await p.person()
    const urn = await p.published(who)
    const patch = { patch: { $set: { commentary: 'Good evening' } } }
    await p.send('POST', `/rest/posts/${enc(urn)}`, who.token, patch, { 'x-restli-method': 'PARTIAL_UPDATE' })
    expect((await p.create(who)).status).toBe(201)
    expect((await p.create(who, { commentary: 'Good evening' })).status).toBe(422)
  })
})
