import { describe, expect, it } from 'vitest'
import { playedAt } from '../../core/portrait.ts'
import { kit } from '../../kit.ts'
import { ACME, KESTREL, MANY, MANY_FROM, NORTHWIND } from '../people/organizations.ts'

const k = kit()
const ACLS = '/rest/organizationAcls?q=roleAssignee&state=APPROVED'
const token = async (member = 'mara', registration = 'linkedin') =>
  (await k.tokens({ member, registration })).access_token
const urn = (id: number) => `urn:li:organization:${id}`
// biome-ignore lint/suspicious/noExplicitAny: elements of a list that holds odd ones on purpose
type Elements = any[]

describe('GET /rest/organizationAcls', () => {
  it('lists the roles of the token’s member', async () => {
    const { status, json } = await k.get(ACLS, await token())
    expect(status).toBe(200)
    expect(json.elements).toEqual([
      {
        role: 'ADMINISTRATOR',
        state: 'APPROVED',
        organization: urn(NORTHWIND),
        roleAssignee: expect.stringMatching(/^urn:li:person:/),
      },
      { role: 'CONTENT_ADMINISTRATOR', state: 'APPROVED', organization: urn(ACME), roleAssignee: expect.any(String) },
    ])
    expect(json.paging).toEqual({ start: 0, count: 10, total: 2, links: [] })
  })

  it('differs by member', async () => {
    const roles = (elements: Elements) => elements.map((one) => [one.organization, one.role])
    expect(roles((await k.get(ACLS, await token('tomas'))).json.elements)).toEqual([
      [urn(KESTREL), 'ANALYST'],
      [urn(NORTHWIND), 'ADMINISTRATOR'],
    ])
    expect((await k.get(ACLS, await token('ines'))).json).toMatchObject({
      elements: [],
      paging: { total: 0, links: [] },
    })
  })

  it('filters by role, and then hides what a content administrator may do', async () => {
    const { json } = await k.get(`${ACLS}&role=ADMINISTRATOR`, await token())
    expect(json.elements.map((one: { organization: string }) => one.organization)).toEqual([urn(NORTHWIND)])
  })

  it('without a state lists roles that are no longer, or not yet, held', async () => {
    const all = await everything('/rest/organizationAcls?q=roleAssignee&count=100', await token('priya'))
    expect(new Set(all.map((one) => one.state))).toEqual(new Set(['APPROVED', 'REVOKED', 'REQUESTED']))
  })

  it('lists an agency’s 500 pages for whom control gives them, every 25th without the right to post', async () => {
    k.steer({ linkedin: { pages: { member: 'ines', count: 500 } } })
    const all = await everything(`${ACLS}&count=100`, await token('ines'))
    expect(all).toHaveLength(500)
    const [{ organization }] = all
    const { json } = await k.get(`/rest/organizations/${organization.split(':').at(-1)}`, await token('ines'))
    expect(json.localizedName).toBe('Bakery Aarhus')
    k.steer({ linkedin: { pages: { member: 'ines', count: 3 } } })
    expect(await everything(`${ACLS}&count=100`, await token('ines'))).toHaveLength(500)
    expect(all.filter((one) => one.role === 'ANALYST')).toHaveLength(20)
  })

  it.each(['r_organization_admin', 'rw_organization_admin'])('is open to %s', async (scope) => {
    k.steer({ linkedin: { app: { registration: 'linkedin', scopes: [scope] } } })
    expect((await k.get(ACLS, (await k.tokens({ scope })).access_token)).status).toBe(200)
  })

  it('is closed to others, by the name of the resource behind it', async () => {
    const answer = await k.get(ACLS, (await k.tokens({ scope: 'openid w_organization_social' })).access_token)
    expect([answer.status, answer.json]).toEqual([
      403,
      {
        status: 403,
        serviceErrorCode: 100,
        code: 'ACCESS_DENIED',
        message: 'Not enough permissions to access: partnerApiOrganizationAcls.FINDER-roleAssignee.20260901',
      },
    ])
  })

  it.each(['', 'q=organizations', 'q=', 'state=APPROVED'])('knows its finder only: %j', async (query) => {
    expect((await k.get(`/rest/organizationAcls?${query}`, await token())).status).toBe(404)
  })

  it.each([
    ['projection=(elements*(organization))', 'QUERY_PARAM_NOT_ALLOWED'],
    ['foo=1', 'QUERY_PARAM_NOT_ALLOWED'],
    ['role=OWNER', 'PARAM_INVALID'],
    ['state=approved', 'PARAM_INVALID'],
    ['start=-1', 'PARAM_INVALID'],
    ['count=0', 'PARAM_INVALID'],
    ['count=ten', 'PARAM_INVALID'],
    ['count=1&count=2', 'PARAM_INVALID'],
  ])('refuses %s', async (query, code) => {
    const { status, json } = await k.get(`/rest/organizationAcls?q=roleAssignee&${query}`, await token())
    expect([status, json.errorDetails.inputErrors[0].code]).toEqual([400, code])
  })

  it('follows a role that is taken away, given, or changed', async () => {
    const bearer = await token()
    const roles = async () =>
      (await k.get(ACLS, bearer)).json.elements.map((one: { role: string; organization: string }) => [
        one.organization,
        one.role,
      ])
    k.steer({ linkedin: { role: { member: 'mara', organization: 'northwind-studio', remove: true } } })
    expect(await roles()).toEqual([[urn(ACME), 'CONTENT_ADMINISTRATOR']])
    k.steer({ linkedin: { role: { member: 'mara', organization: KESTREL, role: 'CURATOR' } } })
    k.steer({ linkedin: { role: { member: 'mara', organization: ACME, state: 'REVOKED' } } })
    expect(await roles()).toEqual([[urn(KESTREL), 'CURATOR']])
  })
})

/** A right reading: follows `next` until there is none. */
async function everything(path: string, bearer: string): Promise<Elements> {
  const found: Elements = []
  for (let next: string | undefined = path; next; ) {
    const { json } = await k.get(next, bearer)
    found.push(...json.elements)
    next = json.paging.links.find((link: { rel: string }) => link.rel === 'next')?.href
  }
  return found
}

describe('a member with many organizations', () => {
  it('has more than 25 of them', () => expect(MANY).toBeGreaterThan(25))

  it.each([10, 25, 100])('gets pages shorter than count=%i although more follow', async (count) => {
    const { json } = await k.get(`${ACLS}&count=${count}`, await token('priya'))
    expect(json.elements.length).toBeLessThan(count)
    expect(json.paging).toMatchObject({ start: 0, count, total: MANY })
    expect(json.paging.links.map((link: { rel: string }) => link.rel)).toEqual(['next'])
  })

  it.each([1, 10, 100])('loses none when the links are followed with count=%i', async (count) => {
    const all = await everything(`${ACLS}&count=${count}`, await token('priya'))
    expect(all).toHaveLength(MANY)
    const ids = all.map((one) => one.organization ?? one.organizationTarget).filter(Boolean)
    expect(new Set(ids).size).toBe(MANY - 1)
    expect(ids[0]).toBe(urn(MANY_FROM))
  })

  it('loses some when one steps by count', async () => {
    const bearer = await token('priya')
    const found: Elements = []
    for (let start = 0; start < MANY; start += 100)
      found.push(...(await k.get(`${ACLS}&count=100&start=${start}`, bearer)).json.elements)
    expect(found.length).toBeLessThan(MANY)
  })

  it('has elements in older dress and one that could not be resolved, inside a 200', async () => {
    const all = await everything(`${ACLS}&count=100`, await token('priya'))
    expect(all.filter((one) => one.organizationTarget).length).toBeGreaterThan(0)
    const broken = all.filter((one) => one['organization!'])
    expect(broken).toHaveLength(1)
    expect(broken[0]).not.toHaveProperty('organization')
  })

  it('keeps the filters in the links, and the last page has no next', async () => {
    const bearer = await token('priya')
    const { json } = await k.get(`${ACLS}&role=ADMINISTRATOR&count=100`, bearer)
    expect(json.paging.links[0].href).toContain('role=ADMINISTRATOR')
    const all = await everything(`${ACLS}&role=ADMINISTRATOR&count=100`, bearer)
    expect(all.every((one) => one.role === 'ADMINISTRATOR')).toBe(true)
    const beyond = await k.get(`${ACLS}&start=500`, bearer)
    expect([beyond.status, beyond.json.elements]).toEqual([200, []])
  })
})

describe('GET /rest/organizations/{id}', () => {
  it('describes an organization to its administrator', async () => {
    const { status, json } = await k.get(`/rest/organizations/${NORTHWIND}`, await token())
    expect(status).toBe(200)
    expect(json).toMatchObject({
      id: NORTHWIND,
      localizedName: 'Northwind Studio',
      vanityName: 'northwind-studio',
      localizedWebsite: 'https://northwind.example',
      primaryOrganizationType: 'SELF_OWNED',
      logoV2: { original: expect.stringMatching(/^urn:li:digitalmediaAsset:/) },
    })
  })

  it('refuses those who are not: a content administrator, an analyst, a stranger', async () => {
    const asked = [
      ['mara', ACME],
      ['tomas', KESTREL],
      ['ines', NORTHWIND],
    ] as const
    for (const [member, id] of asked) {
      const { status, json } = await k.get(`/rest/organizations/${id}`, await token(member))
      expect([status, json.message]).toEqual([
        403,
        `Viewer don't have permission to the ADMIN_ONLY VisibilityReduction for ${urn(id)}`,
      ])
    }
  })

  it('refuses an administrator whose role was revoked', async () => {
    expect((await k.get(`/rest/organizations/${KESTREL}`, await token('priya'))).status).toBe(403)
  })

  it('does not know a number that is none', async () => {
    const { status, json } = await k.get('/rest/organizations/1', await token())
    expect([status, json]).toEqual([404, { status: 404, code: 'NOT_FOUND', message: 'Could not find entity' }])
  })

  it.each(['urn%3Ali%3Aorganization%3A91000101', 'abc', '91000101x'])('takes a number and no %s', async (key) => {
    expect((await k.get(`/rest/organizations/${key}`, await token())).status).toBe(400)
  })

  it('refuses projections on /rest', async () => {
    const { status, json } = await k.get(`/rest/organizations/${NORTHWIND}?projection=(id)`, await token())
    expect([status, json.errorDetails.inputErrors[0].code]).toEqual([400, 'QUERY_PARAM_NOT_ALLOWED'])
  })

  it('needs an organization scope', async () => {
    const { json } = await k.get(`/rest/organizations/${NORTHWIND}`, (await k.tokens({ scope: 'openid' })).access_token)
    expect(json.message).toBe('Not enough permissions to access: organizations.GET.20260901')
  })
})

describe('GET /v2/organizations/{id}', () => {
  const path = `/v2/organizations/${NORTHWIND}`

  it('needs no version, and still decorates', async () => {
    const { status, json } = await k.get(
      `${path}?projection=(id,localizedName,logoV2(original~:playableStreams))`,
      await token(),
      {
        'linkedin-version': undefined,
      },
    )
    expect([status, Object.keys(json)]).toEqual([200, ['id', 'localizedName', 'logoV2']])
    const logo = json.logoV2['original~'].elements[0].identifiers[0].identifier
    expect((await fetch(playedAt(k.sandbox.origins, logo))).status).toBe(200)
  })

  it('gives everything without a projection, and holds the same rules', async () => {
    expect((await k.get(path, await token())).json.vanityName).toBe('northwind-studio')
    expect((await k.get(`/v2/organizations/${ACME}`, await token())).status).toBe(403)
    expect((await k.get('/v2/organizations/1', await token())).status).toBe(404)
    expect((await k.get(`${path}?projection=(`, await token())).status).toBe(400)
    expect((await k.get(`${path}?foo=1`, await token())).status).toBe(400)
    const { json } = await k.get(path, (await k.tokens({ scope: 'openid' })).access_token)
    expect(json.message).toContain('organizations.GET.NO_VERSION')
  })
})

describe('GET /rest/organizationsLookup', () => {
  const lookup = async (query: string, headers: Record<string, string | undefined> = {}) =>
    k.get(`/rest/organizationsLookup?${query}`, await token(), headers)

  it('gives names of any organization, in a batch', async () => {
    const { status, json } = await lookup(`ids=List(${NORTHWIND},${KESTREL})`)
    expect(status).toBe(200)
    expect(Object.keys(json)).toEqual(['results', 'statuses', 'errors'])
    expect(json.results[KESTREL]).toMatchObject({ id: KESTREL, localizedName: 'Kestrel Coffee' })
    expect(json.results[KESTREL]).not.toHaveProperty('logoV2')
    expect(json.statuses).toEqual({ [NORTHWIND]: 200, [KESTREL]: 200 })
    expect(json.errors).toEqual({})
  })

  it('says per id what was not found', async () => {
    const { json } = await lookup(`ids=List(${NORTHWIND},7)`)
    expect(json.statuses).toEqual({ 7: 404, [NORTHWIND]: 200 })
    expect(json.errors[7]).toMatchObject({ status: 404 })
    expect(json.results).not.toHaveProperty('7')
  })

  it('takes the list as 2.0.0 writes it, with its brackets unencoded', async () => {
    for (const query of [
      `ids=List%28${NORTHWIND}%29`,
      `ids=${NORTHWIND}`,
      'ids=List()',
      'ids=List(abc)',
      `ids=List(urn%3Ali%3Aorganization%3A${NORTHWIND})`,
      `ids=List(${NORTHWIND}%2C${KESTREL})`,
      'ids=',
      '',
    ]) {
      expect([query, (await lookup(query)).status]).toEqual([query, 400])
    }
  })

  it('under 1.0.0 a list is a repeated name, and List() is not read', async () => {
    const old = { 'x-restli-protocol-version': undefined }
    expect((await lookup(`ids=List(${NORTHWIND})`, old)).status).toBe(400)
    const { json } = await lookup(`ids=${NORTHWIND}&ids=${ACME}`, old)
    expect(Object.keys(json.results)).toEqual([String(NORTHWIND), String(ACME)])
  })

  it('finds by vanity name', async () => {
    const { json } = await lookup('q=vanityName&vanityName=acme-bakery')
    expect(json.elements.map((one: { id: number }) => one.id)).toEqual([ACME])
    expect((await lookup('q=vanityName&vanityName=nobody')).json.elements).toEqual([])
    expect((await lookup('q=vanityName')).status).toBe(400)
    expect((await lookup('q=name&name=x')).status).toBe(404)
  })

  it('has no batches on the development tier, by name it still finds', async () => {
    k.steer({ linkedin: { app: { registration: 'linkedin', tier: 'development' } } })
    const { status, json } = await lookup(`ids=List(${NORTHWIND})`)
    expect([status, json.message]).toEqual([
      403,
      'Not enough permissions to access: organizationsLookup.BATCH_GET.20260901',
    ])
    expect((await lookup('q=vanityName&vanityName=acme-bakery')).status).toBe(200)
  })

  it('needs an organization scope', async () => {
    const bearer = (await k.tokens({ scope: 'openid' })).access_token
    const messages = await Promise.all(
      ['ids=List(1)', 'q=vanityName&vanityName=x'].map(
        async (q) => (await k.get(`/rest/organizationsLookup?${q}`, bearer)).json.message,
      ),
    )
    expect(messages).toEqual([
      'Not enough permissions to access: organizationsLookup.BATCH_GET.20260901',
      'Not enough permissions to access: organizationsLookup.FINDER-vanityName.20260901',
    ])
  })

  it('refuses projections and unknown parameters', async () => {
    expect((await lookup('ids=List(1)&projection=(id)')).status).toBe(400)
    expect((await lookup('q=vanityName&vanityName=x&foo=1')).status).toBe(400)
  })
})
