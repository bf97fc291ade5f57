import { describe, expect, it } from 'vitest'
import { samplePng } from '../../core/samples.ts'
import { kit, START } from '../../kit.ts'
import { ACME, inputErrors, KESTREL, NORTHWIND, Publisher } from '../testing.ts'

const k = kit({ only: ['linkedin'] })
const p = new Publisher(k)
const SELF = { registration: 'linkedin-selfserve' }
const MAIN = { feedDistribution: 'MAIN_FEED', thirdPartyDistributionChannels: [] }

describe('who may', () => {
  it('nobody without a scope that writes', async () => {
    const answer = await p.create(await p.person({ scope: 'openid profile' }))
    expect([answer.status, answer.json]).toEqual([
      403,
      {
        status: 403,
        serviceErrorCode: 100,
        code: 'ACCESS_DENIED',
        message: 'Not enough permissions to access: partnerApiPostsExternal.CREATE.20260901',
      },
    ])
  })

  it('a member under their own name, with the self-serve scope', async () => {
    expect((await p.create(await p.person(SELF))).status).toBe(201)
  })

  it('no member under another’s', async () => {
    const tomas = await p.person({ member: 'tomas' })
    const denied = {
      status: 403,
      serviceErrorCode: 100,
      message:
        'Field Value validation failed in REQUEST_BODY: Data Processing Exception while processing fields [/author]',
    }
    for (const author of [tomas.urn, 'urn:li:person:nobody', (await p.person(SELF)).urn]) {
      const answer = await p.create(await p.person(), { author })
      expect([answer.status, answer.json]).toEqual([403, denied])
    }
  })

  it('no page without the permission for pages', async () => {
    const answer = await p.create(await p.person(SELF), { author: NORTHWIND })
    expect([answer.status, answer.json]).toEqual([
      400,
      { status: 400, message: 'Organization permissions must be used when using organization as author' },
    ])
  })

  it('no member by a token for pages alone', async () => {
    const who = await p.person({ scope: 'openid w_organization_social' })
    expect((await p.create(who)).json.message).toContain('partnerApiPostsExternal.CREATE')
  })

  it.each([
    ['mara', NORTHWIND, 201],
    ['mara', ACME, 201],
    ['mara', KESTREL, 403],
    ['tomas', KESTREL, 403],
    ['priya', ACME, 403],
    ['priya', KESTREL, 403],
  ])('%s as %s: %i', async (member, author, status) => {
    const answer = await p.create(await p.person({ member }), { author })
    expect(answer.status).toBe(status)
    if (status === 403) expect(answer.json.message).toContain('[/author]')
  })

  it('a role that was taken away counts at once', async () => {
    const who = await p.person()
    k.steer({ linkedin: { role: { member: 'mara', organization: 'northwind-studio', role: 'ANALYST' } } })
    expect((await p.create(who, { author: NORTHWIND })).status).toBe(403)
    k.steer({
      linkedin: {
        role: { member: 'mara', organization: 'northwind-studio', role: 'DIRECT_SPONSORED_CONTENT_POSTER' },
      },
    })
    expect((await p.create(who, { author: NORTHWIND })).status).toBe(201)
  })

  it.each([
    ['urn:li:company:91000101', 'INVALID_URN_TYPE'],
    ['mara', 'INVALID_URN_TYPE'],
    ['urn:li:organization:1', 'INVALID_URN_ID'],
  ])('%s: %s', async (author, code) => {
    const answer = await p.create(await p.person(), { author })
    expect([answer.status, inputErrors(answer)]).toEqual([400, [[code, 'author']]])
  })
})

describe('the body', () => {
  it.each([
    ['{', undefined],
    ['[]', undefined],
    ['"x"', undefined],
    ['', undefined],
    ['author=x', 'application/x-www-form-urlencoded'],
    ['{}', 'text/plain'],
  ])('%j as %s is none', async (body, type) => {
    const { token } = await p.person()
    const headers = type === undefined ? {} : { 'content-type': type }
    const answer = await p.send('POST', '/rest/posts', token, body, headers)
    expect([answer.status, answer.json]).toEqual([
      400,
      { status: 400, code: 'ILLEGAL_ARGUMENT', message: 'Request body could not be converted to data map' },
    ])
  })

  it('with a field that is not known: 422, and which', async () => {
    const distribution = { ...MAIN, targetEnties: [] }
    const answer = await p.create(await p.person(), { distribution })
    expect([answer.status, answer.json]).toEqual([
      422,
      { message: 'ERROR :: /distribution/targetEnties :: unrecognized field found but not allowed\n', status: 422 },
    ])
  })

  it.each(['author', 'commentary', 'visibility', 'distribution', 'lifecycleState'])('without %s: 422', async (name) => {
    const answer = await p.create(await p.person(), { [name]: undefined })
    expect([answer.status, answer.json.message]).toEqual([
      422,
      `ERROR :: /${name} :: field is required but not found and has no default value\n`,
    ])
  })

  it.each(['feedDistribution', 'thirdPartyDistributionChannels'])('without distribution/%s: 422', async (name) => {
    const answer = await p.create(await p.person(), { distribution: { ...MAIN, [name]: undefined } })
    expect([answer.status, answer.json.message]).toEqual([
      422,
      `ERROR :: /distribution/${name} :: field is required but not found and has no default value\n`,
    ])
  })

  it('without an audience of its own: to everybody', async () => {
    expect((await p.create(await p.person(), { distribution: MAIN })).status).toBe(201)
  })

  it.each([
    [{ id: 'urn:li:share:1' }],
    [{ publishedAt: 1 }],
    [{ scheduledAt: START }],
    [{ content: { article: { source: 'https://a.example', title: 'x', image: 'y' } } }],
    [{ content: { media: { id: 'x', alttext: 'y' } } }],
    [{ content: { gallery: {} } }],
  ])('%j: 422', async (fields) => {
    const answer = await p.create(await p.person(), fields)
    expect([answer.status, answer.json.message]).toEqual([422, expect.stringContaining('unrecognized field')])
  })

  it.each([{}, { article: { source: 'https://a.example', title: 'x' }, media: { id: 'urn:li:image:1' } }])(
    'content holds exactly one thing: %j',
    async (content) => {
      const answer = await p.create(await p.person(), { content })
      expect([answer.status, answer.json.message]).toEqual([422, expect.stringContaining('exactly one entry')])
    },
  )

  it.each([
    [{ visibility: 'EVERYONE' }, 'visibility'],
    [{ lifecycleState: 'DRAFT' }, 'lifecycleState'],
    [{ distribution: { ...MAIN, feedDistribution: 'FEED' } }, 'distribution/feedDistribution'],
    [{ distribution: { ...MAIN, feedDistribution: 'NONE' } }, 'distribution/feedDistribution'],
    [{ distribution: { ...MAIN, targetEntities: [{}] } }, 'distribution/targetEntities'],
  ])('%j: INVALID_VALUE_FOR_FIELD', async (fields, path) => {
    const answer = await p.create(await p.person(), fields)
    expect([answer.status, inputErrors(answer)]).toEqual([400, [['INVALID_VALUE_FOR_FIELD', path]]])
  })

  it('a group is none that we know', async () => {
    const who = await p.person()
    expect(inputErrors(await p.create(who, { visibility: 'CONTAINER' }))).toEqual([['MISSING_FIELD', 'container']])
    const container = 'urn:li:group:1'
    expect(inputErrors(await p.create(who, { visibility: 'CONTAINER', container }))).toEqual([
      ['INVALID_URN_ID', 'container'],
    ])
  })

  it('a dark post is an organization’s', async () => {
    const distribution = { ...MAIN, feedDistribution: 'NONE' }
    expect((await p.create(await p.person(), { author: NORTHWIND, distribution })).status).toBe(201)
  })

  it('an empty text alone is none', async () => {
    for (const commentary of ['', ' \n']) {
      const answer = await p.create(await p.person(), { commentary })
      expect([answer.status, inputErrors(answer)]).toEqual([400, [['INVALID_VALUE_BLANK_FIELD', 'commentary']]])
    }
  })
})

describe('the text', () => {
  it('is cut where a reserved character stands, with a 201', async () => {
    const answer = await p.create(await p.person(), { commentary: 'We are hiring (Berlin). Apply now' })
    expect(answer.status).toBe(201)
    expect(p.ledger[0]?.text).toBe('We are hiring ')
  })

  it('is whole when all that is reserved is escaped', async () => {
    await p.published(await p.person(), { commentary: 'We are hiring \\(Berlin\\) {hashtag|\\#|jobs} → ✅\nNow' })
    expect(p.ledger[0]?.text).toBe('We are hiring (Berlin) #jobs → ✅\nNow')
  })

  it('mentions by the exact name, and by the ids that this app sees', async () => {
    const who = await p.person()
    const other = await p.person({ member: 'tomas' })
    const foreign = await p.person({ member: 'tomas', ...SELF })
    const commentary = `@[Tomas Brandl](${other.urn}), @[Acme Bakery](${ACME}), @[Tomas Brandl](${foreign.urn}) and @[acme](${ACME})`
    const urn = await p.published(await p.person(), { commentary, author: NORTHWIND })
    const { json } = await p.send('GET', `/rest/posts/${encodeURIComponent(urn)}`, who.token)
    expect(json.commentary).toBe(`@[Tomas Brandl](${other.urn}), @[Acme Bakery](${ACME}), Tomas Brandl and acme`)
    expect(p.ledger[0]?.text).toBe('Tomas Brandl, Acme Bakery, Tomas Brandl and acme')
  })

  it('a name that does not match may cut it off, too', async () => {
    k.settings({ mentionMismatch: 'cut' })
    await p.published(await p.person(), { commentary: `By @[acme](${ACME}) today` })
    expect(p.ledger[0]?.text).toBe('By ')
  })

  it('has 3000 characters at most, by what people read', async () => {
    const who = await p.person()
    const answer = await p.create(who, { commentary: 'x'.repeat(3001) })
    expect([answer.status, inputErrors(answer)]).toEqual([400, [['FIELD_LENGTH_TOO_LONG', 'commentary']]])
    expect((await p.create(who, { commentary: 'x'.repeat(3000) })).status).toBe(201)
    expect((await p.create(who, { commentary: '\\('.repeat(3000) })).status).toBe(201)
  })

  it('or by what was sent', async () => {
    k.settings({ countBackslashes: true })
    const who = await p.person()
    expect((await p.create(who, { commentary: '\\('.repeat(1501) })).status).toBe(400)
    expect((await p.create(who, { commentary: '\\('.repeat(1500) })).status).toBe(201)
  })

  it('cut short is no way around the limit', async () => {
    const answer = await p.create(await p.person(), { commentary: `(${'x'.repeat(3000)}` })
    expect(answer.status).toBe(400)
  })
})

describe('the answer', () => {
  it('is empty, and names the post in a header', async () => {
    const answer = await p.create(await p.person())
    expect([answer.status, answer.text]).toEqual([201, ''])
    expect(answer.headers.get('x-restli-id')).toMatch(/^urn:li:share:\d{19}$/)
    expect(answer.headers.get('x-li-uuid')).toBeTruthy()
  })

  it('may be encoded, or not there', async () => {
    const who = await p.person()
    k.settings({ restliId: 'encoded' })
    const first = await p.create(who, { commentary: 'one' })
    expect(first.headers.get('x-restli-id')).toMatch(/^urn%3Ali%3Ashare%3A\d+$/)
    k.settings({ restliId: 'absent' })
    const second = await p.create(who, { commentary: 'two' })
    expect([second.status, second.headers.get('x-restli-id')]).toEqual([201, null])
    expect(p.ledger).toHaveLength(2)
  })

  it('never names two alike, though the clock stands still or goes back', async () => {
    const who = await p.person()
    const urns = [await p.published(who, { commentary: 'a' }), await p.published(who, { commentary: 'b' })]
    k.steer({ clock: { set: START - 1000 } })
    urns.push(await p.published(who, { commentary: 'c' }))
    expect(new Set(urns).size).toBe(3)
  })

  it('is the same on every live version, and 426 on a dead one', async () => {
    const who = await p.person()
    for (const [version, status] of [
      ['202601', 201],
      ['202511', 426],
      [undefined, 400],
    ] as const) {
      const answer = await p.create(who, { commentary: `On ${version}` }, { 'linkedin-version': version })
      expect(answer.status).toBe(status)
    }
  })
})

describe('sharing again', () => {
  it('a post, with or without words', async () => {
    const who = await p.person()
    const parent = await p.published(who)
    const reshareContext = { parent }
    const urn = await p.published(who, { author: NORTHWIND, commentary: '', reshareContext })
    const { json } = await p.send('GET', `/rest/posts/${encodeURIComponent(urn)}`, who.token)
    expect(json.reshareContext.parent).toBe(parent)
    expect(p.ledger[1]).toMatchObject({ kind: 'reshare', text: '', account: NORTHWIND })
  })

  it.each(['urn:li:share:1', 'nothing'])('not of %s', async (parent) => {
    const answer = await p.create(await p.person(), { reshareContext: { parent } })
    expect([answer.status, inputErrors(answer)]).toEqual([400, [['INVALID_URN_ID', 'reshareContext/parent']]])
  })

  it('not against the author’s will, nor with something else in it', async () => {
    const who = await p.person()
    const parent = await p.published(who, { isReshareDisabledByAuthor: true })
    const refused = await p.create(who, { author: ACME, reshareContext: { parent } })
    expect(inputErrors(refused)).toEqual([['INVALID_VALUE_FOR_FIELD', 'reshareContext/parent']])
    const open = await p.published(who, { commentary: 'open' })
    const content = { article: { source: 'https://a.example', title: 'x' } }
    const both = await p.create(who, { author: ACME, reshareContext: { parent: open }, content })
    expect(inputErrors(both)).toEqual([['INVALID_VALUE_FOR_FIELD', 'content']])
  })
})

it('a picture may go without words', async () => {
  const who = await p.person()
  const id = await p.file('image', who, samplePng(4, 4))
  expect((await p.create(who, { commentary: '', content: { media: { id } } })).status).toBe(201)
})
