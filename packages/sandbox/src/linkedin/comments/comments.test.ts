import { beforeEach, describe, expect, it } from 'vitest'
import { kit, START } from '../../kit.ts'
import { enc, type Fields, inputErrors, NORTHWIND, type Person, Publisher } from '../testing.ts'

const k = kit({ only: ['linkedin'] })
const p = new Publisher(k)
const FEED = ['w_member_social_feed', 'w_organization_social_feed', 'r_organization_social_feed']

let who: Person
let post: string

/** The app is given the newer scopes, and Mara has published something as Northwind. */
beforeEach(async () => {
  const { scopes } = k.app()
  k.steer({ linkedin: { app: { registration: 'linkedin', scopes: [...scopes, ...FEED] } } })
  who = await p.person({ scope: [...scopes, ...FEED].join(' ') })
  post = await p.published(who, { author: NORTHWIND })
})

const body = (fields: Fields = {}) => ({ actor: who.urn, object: post, message: { text: 'First!' }, ...fields })
const comment = (fields: Fields = {}, token = who.token, urn = post) =>
  p.send('POST', `/rest/socialActions/${enc(urn)}/comments`, token, body(fields))

describe('a comment', () => {
  it('is answered with what it is', async () => {
    const answer = await comment()
    expect([answer.status, answer.json]).toEqual([
      201,
      {
        actor: who.urn,
        created: { actor: who.urn, time: START },
        lastModified: { actor: who.urn, time: START },
        id: expect.stringMatching(/^\d{19}$/),
        $URN: expect.stringMatching(/^urn:li:comment:\(urn:li:activity:\d+,\d+\)$/),
        message: { attributes: [], text: 'First!' },
        object: expect.stringMatching(/^urn:li:activity:\d+$/),
      },
    ])
    expect(answer.headers.get('x-restli-id')).toBe(answer.json.id)
    expect(p.ledger[1]).toEqual({
      ...{ id: answer.json.$URN, account: who.urn, kind: 'comment', text: 'First!', at: START, replyTo: post },
      ...{ media: [], link: null, visibility: null, deleted: false },
    })
  })

  it('is plain text: nothing is cut, and backslashes are published', async () => {
    await comment({ message: { text: 'a (b) \\(c\\) #d' } })
    expect(p.ledger[1]?.text).toBe('a (b) \\(c\\) #d')
  })

  it('as a page, with a role there', async () => {
    expect((await comment({ actor: NORTHWIND })).status).toBe(201)
    expect((await comment({ actor: 'urn:li:organization:91000103' })).status).toBe(403)
  })

  it('by the post’s activity', async () => {
    const { object } = (await comment()).json
    expect((await comment({ object }, who.token, object)).status).toBe(201)
    expect(p.ledger.map(({ replyTo }) => replyTo)).toEqual([null, post, post])
  })

  it('may answer another', async () => {
    const first = (await comment()).json.$URN
    const { json } = await comment({ parentComment: first, message: { text: 'Second' } })
    expect(json.parentComment).toBe(first)
    expect(p.ledger[2]).toMatchObject({ kind: 'reply', replyTo: first })
  })
})

describe('is refused', () => {
  it.each(['linkedin-selfserve', 'linkedin-community'])(
    'to a token of %s, which may write posts',
    async (registration) => {
      const writer = await p.person({ registration })
      const answer = await comment({ actor: writer.urn }, writer.token)
      expect([answer.status, answer.json]).toEqual([
        403,
        {
          status: 403,
          serviceErrorCode: 100,
          code: 'ACCESS_DENIED',
          message: 'Not enough permissions to access: partnerApiSocialActions.CREATE.20260901',
        },
      ])
      k.settings({ commentScopes: 'social' })
      expect((await comment({ actor: writer.urn }, writer.token)).status).toBe(201)
    },
  )

  it('in another’s name', async () => {
    const { urn } = await p.person({ member: 'tomas' })
    expect((await comment({ actor: urn })).status).toBe(403)
    expect(inputErrors(await comment({ actor: 'urn:li:company:1' }))).toEqual([['INVALID_URN_TYPE', 'actor']])
  })

  it('under what is not there', async () => {
    expect((await comment({}, who.token, 'urn:li:share:1')).status).toBe(404)
    await p.send('DELETE', `/rest/posts/${enc(post)}`, who.token)
    expect((await comment()).status).toBe(404)
  })

  it.each<[Fields, string]>([
    [{ object: 'urn:li:share:1' }, 'INVALID_VALUE_FOR_FIELD'],
    [{ message: { text: ' ' } }, 'INVALID_VALUE_BLANK_FIELD'],
    [{ parentComment: 'urn:li:comment:(urn:li:activity:1,2)' }, 'INVALID_URN_ID'],
  ])('%j: %s', async (fields, code) => expect(inputErrors(await comment(fields))[0]?.[0]).toBe(code))

  it('with a body of another form', async () => {
    expect((await comment({ text: 'x' })).json.message).toContain('/text :: unrecognized field')
    expect((await comment({ message: {} })).json.message).toContain('/message/text :: field is required')
  })

  it('without an encoded key', async () => {
    const answer = await p.send('POST', `/rest/socialActions/${post}/comments`, who.token, body())
    expect(answer.json.message).toBe('Syntax exception in path variables')
  })
})

describe('reading and deleting', () => {
  const list = (token = who.token) => p.send('GET', `/rest/socialActions/${enc(post)}/comments`, token)

  it('shows what is there, in its order', async () => {
    for (const text of ['one', 'two']) await comment({ message: { text } })
    const { json } = await list()
    expect(json.elements.map((one: { message: { text: string } }) => one.message.text)).toEqual(['one', 'two'])
    expect(json.paging).toMatchObject({ total: 2, start: 0 })
    const writer = await p.person({ registration: 'linkedin-selfserve' })
    expect((await list(writer.token)).json.message).toContain('partnerApiSocialActions.GET_ALL')
  })

  it('takes one away, by who wrote it', async () => {
    const { id } = (await comment()).json
    const path = (actor: string) => `/rest/socialActions/${enc(post)}/comments/${id}?actor=${actor}`
    const remove = (actor: string) => p.send('DELETE', path(actor), who.token)
    expect((await remove(enc(NORTHWIND))).status).toBe(403)
    expect((await remove(who.urn)).status).toBe(400)
    expect((await remove(enc(who.urn))).status).toBe(204)
    expect((await list()).json.elements).toEqual([])
    expect(p.ledger[1]?.deleted).toBe(true)
    expect((await p.send('DELETE', path(enc(who.urn)).replace(id, '1'), who.token)).status).toBe(404)
  })

  it('goes with its post', async () => {
    await comment()
    await p.send('DELETE', `/rest/posts/${enc(post)}`, who.token)
    expect(p.ledger.map(({ deleted }) => deleted)).toEqual([true, true])
  })
})
