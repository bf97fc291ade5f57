import { describe, expect, it } from 'vitest'
import { kit, START } from '../../kit.ts'
import { ACME, enc, NORTHWIND, type Person, Publisher } from '../testing.ts'

const k = kit({ only: ['linkedin'] })
const p = new Publisher(k)
const get = (who: Person, path: string, headers = {}) => p.send('GET', path, who.token, undefined, headers)
const list = (who: Person, author: string, rest = '') => get(who, `/rest/posts?q=author&author=${enc(author)}${rest}`)

/** An app that was given what is closed to new ones. */
async function reader(): Promise<Person> {
  const scopes = ['w_member_social', 'r_member_social']
  k.steer({ linkedin: { app: { registration: 'linkedin-selfserve', scopes } } })
  return p.person({ registration: 'linkedin-selfserve', scope: scopes.join(' ') })
}

describe('one post', () => {
  it('as it was published', async () => {
    const who = await p.person()
    const urn = await p.published(who, { author: NORTHWIND, commentary: 'Go #now \\(here\\)', visibility: 'LOGGED_IN' })
    const answer = await get(who, `/rest/posts/${enc(urn)}`)
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        id: urn,
        author: NORTHWIND,
        commentary: 'Go {hashtag|\\#|now} \\(here\\)',
        visibility: 'LOGGED_IN',
        lifecycleState: 'PUBLISHED',
        createdAt: START,
        publishedAt: START,
        lastModifiedAt: START,
        lifecycleStateInfo: { isEditedByAuthor: false },
        isReshareDisabledByAuthor: false,
        distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
      },
    ])
  })

  it('not by who can only write: 403, whether it is there or not', async () => {
    const who = await p.person({ registration: 'linkedin-selfserve' })
    for (const urn of [await p.published(who), 'urn:li:share:1']) {
      const answer = await get(who, `/rest/posts/${enc(urn)}`)
      expect([answer.status, answer.json.message]).toEqual([
        403,
        'Not enough permissions to access: partnerApiPostsExternal.GET.20260901',
      ])
    }
  })

  it('of a member by nobody but the member, and only where the app has what is closed', async () => {
    const who = await p.person()
    const urn = await p.published(who)
    expect((await get(who, `/rest/posts/${enc(urn)}`)).status).toBe(403)
    expect((await get(await reader(), `/rest/posts/${enc(urn)}`)).status).toBe(200)
    const tomas = await p.published(await p.person({ member: 'tomas' }))
    expect((await get(await reader(), `/rest/posts/${enc(tomas)}`)).status).toBe(403)
  })

  it('of a page only with a role there', async () => {
    const urn = await p.published(await p.person(), { author: ACME })
    expect((await get(await p.person({ member: 'tomas' }), `/rest/posts/${enc(urn)}`)).status).toBe(403)
  })

  it('that never was: 404', async () => {
    const answer = await get(await p.person(), '/rest/posts/urn%3Ali%3Ashare%3A1')
    expect([answer.status, answer.json]).toEqual([
      404,
      { status: 404, code: 'NOT_FOUND', message: 'Could not find entity' },
    ])
  })

  it('its key must be encoded', async () => {
    const who = await p.person()
    const urn = await p.published(who, { author: NORTHWIND })
    const answer = await get(who, `/rest/posts/${urn}`)
    expect([answer.status, answer.json]).toEqual([400, { status: 400, message: 'Syntax exception in path variables' }])
    expect((await get(who, `/rest/posts/${urn}`, { 'x-restli-protocol-version': '1.0.0' })).status).toBe(200)
  })

  it('takes no other parameters', async () => {
    const who = await p.person()
    const urn = await p.published(who, { author: NORTHWIND })
    expect((await get(who, `/rest/posts/${enc(urn)}?viewContext=AUTHOR`)).status).toBe(200)
    expect((await get(who, `/rest/posts/${enc(urn)}?projection=(id)`)).status).toBe(400)
  })
})

describe('the posts of an author', () => {
  it('newest first, page by page', async () => {
    const who = await p.person()
    const urns: string[] = []
    for (let i = 0; i < 12; i++) {
      k.sandbox.control.advance(1)
      urns.unshift(await p.published(who, { author: NORTHWIND, commentary: `No ${i}` }))
    }
    await p.published(who, { author: ACME })
    const first = await list(who, NORTHWIND)
    expect(first.json.elements.map(({ id }: { id: string }) => id)).toEqual(urns.slice(0, 10))
    expect(first.json.paging).toMatchObject({ start: 0, count: 10, total: 12 })
    const next = first.json.paging.links.find(({ rel }: { rel: string }) => rel === 'next').href
    expect((await get(who, next)).json.elements.map(({ id }: { id: string }) => id)).toEqual(urns.slice(10))
    expect((await list(who, NORTHWIND, '&count=100')).json.elements).toHaveLength(12)
  })

  it('by the last change, or by the beginning', async () => {
    const who = await p.person()
    const old = await p.published(who, { author: NORTHWIND, commentary: 'old' })
    k.sandbox.control.advance(5)
    const young = await p.published(who, { author: NORTHWIND, commentary: 'young' })
    k.sandbox.control.advance(5)
    const patch = { patch: { $set: { commentary: 'older' } } }
    await p.send('POST', `/rest/posts/${enc(old)}`, who.token, patch, { 'x-restli-method': 'PARTIAL_UPDATE' })
    const ids = async (sortBy: string) =>
      (await list(who, NORTHWIND, `&sortBy=${sortBy}`)).json.elements.map(({ id }: { id: string }) => id)
    expect(await ids('LAST_MODIFIED')).toEqual([old, young])
    expect(await ids('CREATED')).toEqual([young, old])
  })

  it('without those that are deleted', async () => {
    const who = await p.person()
    const urn = await p.published(who, { author: NORTHWIND })
    await p.send('DELETE', `/rest/posts/${enc(urn)}`, who.token)
    expect((await list(who, NORTHWIND)).json).toEqual({
      paging: { start: 0, count: 10, total: 0, links: [] },
      elements: [],
    })
  })

  it('of a member by the member, where the app has what is closed', async () => {
    const who = await reader()
    const urn = await p.published(who)
    expect((await list(who, who.urn)).json.elements).toMatchObject([{ id: urn, author: who.urn }])
  })

  it.each([
    ['a token that only writes', 'linkedin-selfserve', 'self'],
    ['a member', 'linkedin', 'self'],
    ['a page without a role', 'linkedin', 'urn:li:organization:91000103'],
  ])('not for %s: 403', async (_, registration, author) => {
    const who = await p.person({ registration })
    const answer = await list(who, author === 'self' ? who.urn : author)
    expect([answer.status, answer.json.message]).toEqual([
      403,
      'Not enough permissions to access: partnerApiPostsExternal.FINDER-author.20260901',
    ])
  })

  it.each([
    ['?q=authors', 404],
    ['?q=author', 400],
    ['?q=author&author=urn:li:organization:91000101', 400],
    ['?q=author&author=urn%3Ali%3Aorganization%3A1', 400],
    [`?q=author&author=${enc(NORTHWIND)}&count=0`, 400],
    [`?q=author&author=${enc(NORTHWIND)}&count=101`, 400],
    [`?q=author&author=${enc(NORTHWIND)}&start=x`, 400],
    [`?q=author&author=${enc(NORTHWIND)}&sortBy=RELEVANCE`, 400],
    [`?q=author&author=${enc(NORTHWIND)}&projection=(id)`, 400],
  ])('%s: %i', async (query, status) => {
    expect((await get(await p.person(), `/rest/posts${query}`)).status).toBe(status)
  })

  it('can be asked for in a body', async () => {
    const who = await p.person()
    const urn = await p.published(who, { author: NORTHWIND })
    const answer = await p.send('POST', '/rest/posts', who.token, `q=author&author=${enc(NORTHWIND)}`, {
      'content-type': 'application/x-www-form-urlencoded',
      'x-http-method-override': 'GET',
    })
    expect(answer.json.elements).toMatchObject([{ id: urn }])
  })
})
