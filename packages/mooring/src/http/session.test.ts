/** The way in: a link good once, a cookie that cannot be made up, and the way out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../test/world.ts'
import { readConfig } from '../config.ts'
import { createMooring } from '../mooring.ts'
import { providers } from '../providers/index.ts'
import { generateKey } from '../vault/keyring.ts'
import { expectProblem, sameOrigin, send } from './testing.ts'

const PATH = '/api/v1/session'
const DAY = 86_400

describe('the session', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld()
  })
  afterAll(() => world.close())

  const newToken = async () => new URL(await world.mooring.signInLink()).hash.slice(1)
  const json = { 'content-type': 'application/json', ...sameOrigin }
  const redeem = (token: string, headers: Record<string, string> = json) =>
    send(world, 'POST', PATH, headers, JSON.stringify({ token }))
  const who = (cookie: string) => send(world, 'GET', PATH, { cookie })
  const signedIn = async () => {
    const answer = await redeem(await newToken())
    expect(answer.status).toBe(200)
    return (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  }

  it('begins with a link whose token stands behind the #, and says who is there', async () => {
    const link = new URL(await world.mooring.signInLink())
    expect([link.origin, link.pathname, link.search]).toEqual(['http://localhost:8003', '/setup', ''])
    expect(link.hash).toMatch(/^#[\w-]{43}$/)
    const answer = await redeem(link.hash.slice(1))
    expect(answer.body).toMatchObject({
      person: { name: 'Owner' },
      workspace: { id: world.workspace },
      instance: { simulated: true, baseUrl: 'http://localhost:8003' },
    })
    expect((await who(answer.headers.getSetCookie()[0]?.split(';')[0] ?? '')).body).toEqual(answer.body)
  })

  it('of all links makes one owner, whoever comes first', async () => {
    const people = new Set((await Promise.all([signedIn(), signedIn(), signedIn()])).map((cookie) => cookie))
    expect(people.size).toBe(3)
    expect(await world.database.query('select id from mooring.people')).toHaveLength(1)
  })

  it('takes a link once', async () => {
    const token = await newToken()
    expect((await redeem(token)).status).toBe(200)
    const second = await redeem(token)
    expectProblem(second, 401, 'unauthorized')
    expect(second.body.detail).toContain('sign-in-link')
    expect(second.headers.getSetCookie()).toEqual([])
  })

  it('lets one of many win that use a link at once', async () => {
    const token = await newToken()
    const answers = await Promise.all(Array.from({ length: 12 }, () => redeem(token)))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array.from({ length: 11 }, () => 401)])
  })

  it('takes no link after its day, and forgets those that are over', async () => {
    const token = await newToken()
    world.advance(DAY + 1)
    expectProblem(await redeem(token), 401, 'unauthorized')
    const left = await world.database.query('select 1 from mooring.sign_in_links where expires_at <= $1', [
      new Date(world.now()),
    ])
    expect(left).toEqual([])
  })

  it.each(['x', '', 'A'.repeat(43), 'A'.repeat(201), '__proto__'])(
    'takes no link that was never made: %s',
    async (token) => {
      const answer = await redeem(token)
      expectProblem(answer)
      expect([400, 401]).toContain(answer.status)
    },
  )

  it('begins from the own pages alone', async () => {
    const token = await newToken()
    for (const headers of [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example.com' },
    ])
      expectProblem(
        await redeem(token, { 'content-type': 'application/json', ...headers } as Record<string, string>),
        403,
        'cross_site',
      )
    // And none of these used it up.
    expect((await redeem(token)).status).toBe(200)
  })

  it('lives thirty days in a cookie of the own site that no script reads', async () => {
    const [cookie = ''] = (await redeem(await newToken())).headers.getSetCookie()
    const [pair = '', ...attributes] = cookie.split('; ')
    expect(pair).toMatch(/^mooring-session=[\w%.-]+$/)
    expect(attributes.sort()).toEqual(['HttpOnly', `Max-Age=${30 * DAY}`, 'Path=/', 'SameSite=Lax'])
    const secret = decodeURIComponent(pair).split('=')[1]?.split('.')[0] ?? ''
    expect(secret).toMatch(/^[A-Za-z0-9]{32}$/)
    const stored = await world.database.query('select * from mooring.sign_in_values')
    expect(stored.length).toBeGreaterThan(0)
    expect(JSON.stringify(stored)).not.toContain(secret)
    for (const row of stored)
      for (const value of Object.values(row))
        if (Buffer.isBuffer(value)) expect(value.toString('latin1')).not.toContain(secret)
    expect((await who(pair)).status).toBe(200)
    world.advance(30 * DAY + 1)
    expectProblem(await who(pair), 401, 'unauthorized')
  })

  it('is nobody’s whose cookie was touched, made up, or signed by somebody else', async () => {
    const pair = await signedIn()
    const [name = '', value = ''] = pair.split('=')
    const [secret = '', signature = ''] = decodeURIComponent(value).split('.')
    const swapped = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
    const other = decodeURIComponent((await signedIn()).split('=')[1] ?? '').split('.')
    const wrong = [
      secret,
      `${secret}.`,
      `${secret}.${swapped(signature)}`,
      `${swapped(secret)}.${signature}`,
      `${other[0]}.${signature}`,
      `${secret}.${Buffer.alloc(32).toString('base64')}`,
      `.${signature}`,
      '',
      'null',
      '%ff',
    ]
    for (const one of wrong) expectProblem(await who(`${name}=${encodeURIComponent(one)}`), 401, 'unauthorized')
    for (const names of ['__Host-mooring-session', 'Mooring-Session', 'mooring-session2'])
      expectProblem(await who(`${names}=${value}`), 401)
    expect((await who(`a=b; ${pair}; c=d`)).status).toBe(200)
    const stranger = await createWorld({ database: world.database, vaultKeys: generateKey() })
    expectProblem(await send(stranger, 'GET', PATH, { cookie: pair }), 401)
    // Who has not the keys of this database still lets in whoever must put them back.
    const link = new URL(await stranger.mooring.signInLink()).hash.slice(1)
    expect((await send(stranger, 'POST', PATH, json, JSON.stringify({ token: link }))).status).toBe(200)
    expect(stranger.logs).toContainEqual(expect.objectContaining({ message: 'the sign-in secret does not open' }))
    await stranger.close()
    const elsewhere = await createWorld()
    expectProblem(await send(elsewhere, 'GET', PATH, { cookie: pair }), 401)
    await elsewhere.close()
  })

  it('survives a new vault key in front of the old one', async () => {
    const pair = await signedIn()
    const rotated = await createWorld({ database: world.database, vaultKeys: `${generateKey()},${world.vaultKeys}` })
    rotated.advance((world.now() - Date.now()) / 1000)
    expect((await send(rotated, 'GET', PATH, { cookie: pair })).status).toBe(200)
    await rotated.close()
  })

  it('ends where it is asked to: there, and nowhere else', async () => {
    const [mine, other] = [await signedIn(), await signedIn()]
    expectProblem(
      await send(world, 'DELETE', PATH, { cookie: mine, 'sec-fetch-site': 'cross-site' }),
      403,
      'cross_site',
    )
    expect((await who(mine)).status).toBe(200)
    const out = await send(world, 'DELETE', PATH, { cookie: mine, ...sameOrigin })
    expect(out.status).toBe(204)
    expect(out.headers.getSetCookie()).toContainEqual(expect.stringMatching(/^mooring-session=; Max-Age=0; Path=\//))
    for (const one of out.headers.getSetCookie()) expect(one).toMatch(/^mooring-[\w-]+=; Max-Age=0; Path=\/; /)
    expectProblem(await who(mine), 401)
    expect((await who(other)).status).toBe(200)
    // Signing out without a session is no fault.
    expect((await send(world, 'DELETE', PATH, sameOrigin)).status).toBe(204)
  })

  it('on https bears the prefix that no sibling domain can plant', async () => {
    const { vaultKeys } = world
    const config = readConfig(
      { MOORING_BASE_URL: 'https://social.example.com', MOORING_VAULT_KEYS: vaultKeys },
      providers,
    )
    const mooring = await createMooring({ config, database: { admin: world.database.admin }, vaultKeys })
    try {
      const token = new URL(await mooring.signInLink()).hash.slice(1)
      const answer = await send({ mooring }, 'POST', PATH, json, JSON.stringify({ token }))
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000')
      const [cookie = ''] = answer.headers.getSetCookie()
      const [pair = '', ...attributes] = cookie.split('; ')
      expect(pair).toMatch(/^__Host-mooring-session=/)
      expect(attributes.sort()).toEqual(['HttpOnly', `Max-Age=${30 * DAY}`, 'Path=/', 'SameSite=Lax', 'Secure'])
      expect((await send({ mooring }, 'GET', PATH, { cookie: pair })).status).toBe(200)
      expectProblem(await send({ mooring }, 'GET', PATH, { cookie: pair.replace('__Host-', '') }), 401)
      const out = await send({ mooring }, 'DELETE', PATH, { cookie: pair, ...sameOrigin })
      const gone = out.headers.getSetCookie()
      expect(gone).toContainEqual(expect.stringMatching(/^__Host-mooring-session=; Max-Age=0; Path=\//))
      for (const one of gone) expect(one).toMatch(/^__Host-.+; Secure/)
      const flow = (await send({ mooring }, 'GET', '/api/v1/openapi.json')).body
      expect(flow.components.securitySchemes.session.name).toBe('__Host-mooring-session')
    } finally {
      await mooring.close()
    }
  })
})
