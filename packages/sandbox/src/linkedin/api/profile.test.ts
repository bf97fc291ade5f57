import { describe, expect, it } from 'vitest'
import { playedAt } from '../../core/portrait.ts'
import { kit } from '../../kit.ts'

const k = kit()

describe('GET /v2/userinfo', () => {
  it('has every field for all three scopes', async () => {
    const { json } = await k.get('/v2/userinfo', (await k.tokens()).access_token)
    expect(json).toEqual({
      sub: expect.stringMatching(/^[\w-]{10}$/),
      email_verified: true,
      name: 'Mara Lindqvist',
      locale: { country: 'SE', language: 'en' },
      given_name: 'Mara',
      family_name: 'Lindqvist',
      picture: expect.stringMatching(/^https:\/\/media\.licdn\.com\/dms\/image\//),
      email: 'mara.lindqvist@example.com',
    })
  })

  it.each([
    ['openid', ['sub']],
    ['openid email', ['sub', 'email_verified', 'email']],
    ['openid profile', ['sub', 'name', 'locale', 'given_name', 'family_name', 'picture']],
  ])('for %s gives %j', async (scope, fields) => {
    const { json } = await k.get('/v2/userinfo', (await k.tokens({ scope })).access_token)
    expect(Object.keys(json)).toEqual(fields)
  })

  it('leaves out what a member does not have', async () => {
    const { json } = await k.get('/v2/userinfo', (await k.tokens({ member: 'ines' })).access_token)
    expect(Object.keys(json)).toEqual(['sub', 'name', 'locale', 'given_name', 'family_name'])
  })

  it('can give the locale as a string', async () => {
    k.settings({ locale: 'string' })
    expect((await k.get('/v2/userinfo', (await k.tokens()).access_token)).json.locale).toBe('en-SE')
  })

  it('needs openid', async () => {
    const { access_token } = await k.tokens({ registration: 'linkedin-community' })
    const answer = await k.get('/v2/userinfo', access_token)
    expect([answer.status, answer.json]).toEqual([
      403,
      {
        status: 403,
        serviceErrorCode: 100,
        code: 'ACCESS_DENIED',
        message: 'Not enough permissions to access: userinfo.GET.NO_VERSION',
      },
    ])
  })
})

describe('GET /v2/me', () => {
  const community = async (member = 'mara') =>
    (await k.tokens({ registration: 'linkedin-community', member })).access_token

  it('describes the member', async () => {
    const { status, json } = await k.get('/v2/me', await community())
    expect(status).toBe(200)
    expect(json).toMatchObject({
      id: expect.stringMatching(/^[\w-]{10}$/),
      localizedFirstName: 'Mara',
      localizedLastName: 'Lindqvist',
      firstName: { localized: { en_SE: 'Mara' }, preferredLocale: { country: 'SE', language: 'en' } },
      vanityName: 'mara-lindqvist',
      localizedHeadline: 'Founder at Northwind Studio',
      profilePicture: { displayImage: expect.stringMatching(/^urn:li:digitalmediaAsset:/) },
    })
  })

  it('has no picture where there is none', async () => {
    expect((await k.get('/v2/me', await community('ines'))).json).not.toHaveProperty('profilePicture')
  })

  it('refuses an OpenID token', async () => {
    const answer = await k.get('/v2/me', (await k.tokens()).access_token)
    expect([answer.status, answer.json.message]).toEqual([403, 'Not enough permissions to access: me.GET.NO_VERSION'])
  })

  it('decorates by projection', async () => {
    const { json } = await k.get(
      '/v2/me?projection=(id,profilePicture(displayImage~:playableStreams))',
      await community(),
    )
    expect(Object.keys(json)).toEqual(['id', 'profilePicture'])
    const [element] = json.profilePicture['displayImage~'].elements
    const image = await fetch(playedAt(k.sandbox.origins, element.identifiers[0].identifier))
    expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/png'])
  })

  it('can have a decoration throttled inside a 200', async () => {
    k.settings({ throttledDecoration: true })
    const { status, json } = await k.get(
      '/v2/me?projection=(profilePicture(displayImage~:playableStreams))',
      await community(),
    )
    expect(status).toBe(200)
    expect(json.profilePicture['displayImage!']).toMatchObject({ status: 429, serviceErrorCode: 101 })
    expect(json.profilePicture).not.toHaveProperty('displayImage~')
  })

  it.each(['(id', 'id', '(id,)', '()', '(id)x', '(id,(a))'])('refuses the projection %s', async (projection) => {
    expect((await k.get(`/v2/me?projection=${projection}`, await community())).status).toBe(400)
  })

  it('leaves out fields that do not exist', async () => {
    expect((await k.get('/v2/me?projection=(id,nope)', await community())).json).toEqual({ id: expect.any(String) })
  })

  it('refuses other parameters', async () => {
    const { status, json } = await k.get('/v2/me?foo=1', await community())
    expect([status, json.errorDetails.inputErrors[0].code]).toEqual([400, 'QUERY_PARAM_NOT_ALLOWED'])
  })
})

describe('ids', () => {
  const sub = async (registration: string, member: string) => {
    const { access_token } = await k.tokens({ registration, member })
    const userinfo = await k.get('/v2/userinfo', access_token)
    return userinfo.status === 200 ? userinfo.json.sub : (await k.get('/v2/me', access_token)).json.id
  }

  it('are pairwise: one app, one id; another app, another id', async () => {
    const ids = [
      await sub('linkedin', 'mara'),
      await sub('linkedin-community', 'mara'),
      await sub('linkedin-selfserve', 'mara'),
    ]
    expect(new Set(ids).size).toBe(3)
    expect(await sub('linkedin', 'mara')).toBe(ids[0])
  })

  it('are the same after a reset and at every start', async () => {
    const before = await sub('linkedin', 'tomas')
    k.sandbox.control.reset()
    expect(await sub('linkedin', 'tomas')).toBe(before)
  })

  it('differ between members', async () => {
    const ids = await Promise.all(['mara', 'tomas', 'ines', 'priya'].map((member) => sub('linkedin', member)))
    expect(new Set(ids).size).toBe(4)
  })

  it('are one and the same in userinfo, /v2/me and role lists of an app', async () => {
    k.steer({
      linkedin: { app: { registration: 'linkedin', scopes: ['openid', 'r_basicprofile', 'rw_organization_admin'] } },
    })
    const { access_token } = await k.tokens({ scope: 'openid r_basicprofile rw_organization_admin' })
    const { sub: id } = (await k.get('/v2/userinfo', access_token)).json
    expect((await k.get('/v2/me', access_token)).json.id).toBe(id)
    const { elements } = (await k.get('/rest/organizationAcls?q=roleAssignee', access_token)).json
    expect(elements[0].roleAssignee).toBe(`urn:li:person:${id}`)
  })
})
