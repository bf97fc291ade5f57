/** Lists as LinkedIn was seen to send them, beyond what the sandbox plays. */
import { describe, expect, it } from 'vitest'
import { MooringError } from '../../error.ts'
import type { ApiContext, ApiRequest } from '../../provider.ts'
import { accounts } from './accounts.ts'
import { identity } from './identity.ts'

const me = { subject: 'x1', label: 'Mara' }
const SCOPES = ['w_member_social', 'w_organization_social', 'rw_organization_admin']
type Bodies = Record<string, unknown>

/** Answers by the last part of the path; a body that is an error is thrown, a list gives one answer after another. */
function context(bodies: Bodies, scopes: readonly string[] = SCOPES): ApiContext & { asked: ApiRequest[] } {
  const asked: ApiRequest[] = []
  return {
    asked,
    scopes,
    settings: { API_VERSION: '202609' },
    call: async (request) => {
      asked.push(request)
      const { pathname } = new URL(request.url)
      const name = Object.keys(bodies).find((one) => pathname.endsWith(one))
      const held = name === undefined ? undefined : bodies[name]
      const body = Array.isArray(held) ? held.shift() : held
      if (body instanceof Error) throw body
      if (body === undefined) throw new MooringError('permission', 'no')
      return { status: 200, headers: new Headers(), body }
    },
  }
}
const acl = (id: number, role = 'ADMINISTRATOR', rest = {}) => ({
  organization: `urn:li:organization:${id}`,
  role,
  state: 'APPROVED',
  ...rest,
})
const named = (names: Record<number, string>) => ({
  results: Object.fromEntries(Object.entries(names).map(([id, localizedName]) => [id, { localizedName }])),
})
const organizations = async (elements: unknown[], names: Record<number, string> = {}, scopes = SCOPES) => {
  const given = context(
    { organizationAcls: { elements, paging: { total: elements.length } }, organizationsLookup: named(names) },
    scopes,
  )
  return (await accounts(given, me)).slice(1)
}

describe('the person', () => {
  it('comes first and can be posted as', async () => {
    expect(await accounts(context({}, ['w_member_social']), me)).toEqual([
      expect.objectContaining({ kind: 'person', subject: 'urn:li:person:x1', note: 'Your own profile' }),
    ])
  })

  it('is dimmed where the permission is missing, and asks nothing about organizations', async () => {
    const given = context({}, ['openid'])
    const [person] = await accounts(given, me)
    expect(person?.unusable).toBe('The permission to post as you is missing.')
    expect(given.asked).toEqual([])
  })
})

describe('the organizations', () => {
  it('are those that can be posted as first, each by name', async () => {
    const found = await organizations(
      [acl(1, 'ANALYST'), acl(2), acl(3, 'CONTENT_ADMINISTRATOR'), acl(4, 'DIRECT_SPONSORED_CONTENT_POSTER')],
      { 1: 'Acorn', 2: 'Zebra', 3: 'Birch', 4: 'Cedar' },
    )
    expect(found.map((one) => [one.label, one.note, one.unusable])).toEqual([
      ['Birch', 'Content admin', undefined],
      ['Cedar', 'Sponsored content poster', undefined],
      ['Zebra', 'Super admin', undefined],
      ['Acorn', 'Analyst', 'Analysts cannot post. Ask for the role Content admin.'],
    ])
  })

  it('show the best of several roles', async () => {
    const found = await organizations([acl(1, 'ANALYST'), acl(1, 'CONTENT_ADMIN')])
    expect(found).toMatchObject([{ note: 'Content admin' }])
    expect(found[0]?.unusable).toBeUndefined()
  })

  it('are read from each of the three names that the field has had; what has none is skipped', async () => {
    const found = await organizations([
      { ...acl(1), organization: undefined, organizationTarget: 'urn:li:organization:1' },
      { ...acl(2), organization: undefined, organizationalTarget: 'urn:li:organization:2' },
      acl(3, 'ADMINISTRATOR', { organization: 'urn:li:organizationBrand:3' }),
      { ...acl(4), organization: undefined, 'organization!': { status: 404 } },
      acl(5, 'ADMINISTRATOR', { organization: 'urn:li:person:5' }),
      acl(6, 'ADMINISTRATOR', { state: 'REVOKED' }),
      { organization: 'urn:li:organization:7' },
      null,
      'x',
    ])
    expect(found.map((one) => one.subject)).toEqual([
      'urn:li:organization:1',
      'urn:li:organization:2',
      'urn:li:organizationBrand:3',
    ])
    expect(found.map((one) => one.label)).toEqual(['Organization 1', 'Organization 2', 'Organization 3'])
  })

  it('whose role nobody has heard of cannot be posted as', async () => {
    expect(await organizations([acl(1, 'NEW_ROLE')])).toMatchObject([
      { note: 'NEW_ROLE', unusable: 'This role cannot post. Ask for the role Content admin.' },
    ])
  })

  it('cannot be posted as without the permission', async () => {
    expect(await organizations([acl(1)], {}, ['w_member_social', 'r_organization_admin'])).toMatchObject([
      { unusable: 'The permission to post as organizations is missing.' },
    ])
  })

  it('go on after a short page, until one is empty or the total is reached', async () => {
    const page = (from: number, more = {}) => ({ elements: [acl(from), acl(from + 1)], paging: more })
    const byLink = context({
      organizationAcls: [page(1, { total: 2, links: [{ rel: 'next', href: '/x' }] }), page(3, { total: 2, links: [] })],
    })
    expect(await accounts(byLink, me)).toHaveLength(5)
    const bySilence = context({ organizationAcls: [page(1), page(3), { elements: [] }] })
    expect(await accounts(bySilence, me)).toHaveLength(5)
    expect(bySilence.asked.map(({ url }) => new URL(url).searchParams.get('start')).slice(0, 3)).toEqual([
      '0',
      '2',
      '4',
    ])
  })

  it('never go on for ever', async () => {
    const elements = [acl(1)]
    const given = context({ organizationAcls: { elements, paging: { links: [{ rel: 'next' }] } } })
    expect(await accounts(given, me)).toHaveLength(2)
    expect(given.asked.length).toBeLessThan(70)
  })

  it('are asked for with the version and the protocol, and without a filter by role', async () => {
    const given = context({ organizationAcls: { elements: [acl(1)] }, organizationsLookup: named({ 1: 'A' }) })
    await accounts(given, me)
    for (const one of given.asked)
      expect(one.headers).toEqual({ 'LinkedIn-Version': '202609', 'X-Restli-Protocol-Version': '2.0.0' })
    expect(given.asked[0]?.url).not.toContain('role=')
  })

  it.each(['provider_unavailable', 'provider_rate_limited', 'reauthorize', 'misconfigured'] as const)(
    'fail as a whole for what concerns everything: %s',
    async (code) => {
      const given = context({
        organizationAcls: { elements: [acl(1)] },
        organizationsLookup: new MooringError(code, 'x'),
      })
      await expect(accounts(given, me)).rejects.toMatchObject({ code })
    },
  )
})

describe('who authorized', () => {
  it('is read by userinfo, also where LinkedIn leaves fields out', async () => {
    const userinfo = (body: unknown) => identity(context({ userinfo: body }, ['openid']))
    expect(await userinfo({ sub: 'a', given_name: 'Ines', family_name: 'Okafor' })).toEqual({
      subject: 'a',
      label: 'Ines Okafor',
      email: undefined,
      picture: undefined,
    })
    expect((await userinfo({ sub: 'a' })).label).toBe('LinkedIn member')
    await expect(userinfo({ name: 'x' })).rejects.toMatchObject({ code: 'provider_answer_invalid' })
  })

  it('is read by /v2/me where the app has no openid', async () => {
    const read = (body: unknown) => identity(context({ me: body }, ['r_basicprofile']))
    expect(await read({ id: 'b', localizedFirstName: 'Mara', vanityName: 'mara' })).toEqual({
      subject: 'b',
      label: 'Mara',
      handle: 'mara',
    })
    await expect(read({})).rejects.toMatchObject({ code: 'provider_answer_invalid' })
  })
})
