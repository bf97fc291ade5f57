import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type TestBrowser, testDatabase, type World } from '../world.ts'
import { ask, cookieOf, secondPerson, sha256, signCookie } from './support.ts'

const PUBLIC = 'https://social.example.com'

describe('#20 cookie tossing from a sibling subdomain', () => {
  let world: World
  let owner: TestBrowser
  let signedIn: string[] = []
  const SESSION = '__Host-mooring-session'
  beforeAll(async () => {
    const database = await testDatabase()
    await database.query("insert into mooring.people (id, name, operator) values (gen_random_uuid(), 'Ada', true)")
    world = await createWorld({
      database,
      env: { MOORING_BASE_URL: PUBLIC, MOORING_VAULT_KEYS: 'set', MOORING_STARTS_PER_HOUR: '1000' },
    })
    owner = world.browser()
    const token = new URL(await world.mooring.signInLink()).hash.slice(1)
    const answer = await owner.send('POST', '/session', { token })
    signedIn = answer.headers.getSetCookie()
  })
  afterAll(async () => {
    await world.close()
    await world.database.drop()
  })

  const session = (cookie: string) => ask(world, 'GET', '/api/v1/session', { cookie })
  const begin = async (browser = owner) => {
    const answer = await browser.start({ provider: 'linkedin' })
    const name = `__Host-mooring-flow-${answer.body.id}`
    const [set = ''] = answer.headers.getSetCookie().filter((line) => line.startsWith(`${name}=`))
    return {
      id: answer.body.id,
      name,
      set,
      value: browser.jar.get(name) ?? '',
      url: answer.body.authorizeUrl as string,
    }
  }
  const open = (url: string, cookie: string) =>
    ask(world, 'GET', new URL(url).pathname + new URL(url).search, { cookie })

  it('gives the session and every flow a cookie that only this very host can set or read', async () => {
    const flow = await begin()
    for (const line of [...signedIn, flow.set]) {
      const [pair = '', ...attributes] = line.split(/;\s*/)
      expect(pair).toMatch(/^__Host-mooring-/)
      const lower = attributes.map((one) => one.toLowerCase())
      expect(lower).toEqual(expect.arrayContaining(['path=/', 'secure', 'httponly', 'samesite=lax']))
      expect(lower.some((one) => one.startsWith('domain'))).toBe(false)
    }
    expect(signedIn).toHaveLength(1)
    // Ten minutes, as the flow itself.
    expect(flow.set).toMatch(/max-age=600/i)
  })

  it('reads no session under another name, though its signature is right', async () => {
    const value = owner.jar.get(SESSION) ?? ''
    expect((await session(`${SESSION}=${value}`)).status).toBe(200)
    for (const name of [
      'mooring-session',
      '__Secure-mooring-session',
      '__host-mooring-session',
      '__HOST-mooring-session',
      `${SESSION}x`,
      `x${SESSION}`,
    ])
      expect((await session(`${name}=${value}`)).status, name).toBe(401)
  })

  it("does not take a planted session for the person's own", async () => {
    // What a sibling can plant: any name without the prefix. The attacker's own session is rightly signed.
    const attacker = (await secondPerson(world)).jar.get(SESSION) ?? ''
    const own = `${SESSION}=${owner.jar.get(SESSION)}`
    for (const cookie of [`mooring-session=${attacker}; ${own}`, `${own}; mooring-session=${attacker}`]) {
      const answer = await session(cookie)
      expect(answer.body.person.name).toBe('Ada')
    }
    expect((await session(`mooring-session=${attacker}`)).status).toBe(401)
  })

  it('is not led astray by a second cookie of the same name: a planted one in front opens nothing', async () => {
    const own = owner.jar.get(SESSION) ?? ''
    for (const junk of [
      '',
      'junk',
      'a.b',
      `${own}x`,
      own.replace('.', '%00.'),
      signCookie('no-such-session', world.vaultKeys),
    ]) {
      expect((await session(`${SESSION}=${junk}; ${SESSION}=x`)).status, junk).toBe(401)
      const answer = await session(`${SESSION}=${own}; ${SESSION}=${junk}`)
      expect(answer.body.person.name, junk).toBe('Ada')
    }
  })

  it("does not take a flow's secret from an unprefixed cookie, nor one flow's secret for another's", async () => {
    const flow = await begin()
    const other = await begin()
    const callback = await owner.consent(flow.url)
    const own = `${SESSION}=${owner.jar.get(SESSION)}`
    for (const cookie of [
      `mooring-flow-${flow.id}=${flow.value}`,
      `__Secure-mooring-flow-${flow.id}=${flow.value}`,
      `${flow.name}=${other.value}`,
      `${other.name}=${flow.value}`,
      `${flow.name}=${owner.jar.get(SESSION)}`,
      `${flow.name}=${signCookie('guess', world.vaultKeys)}`,
      `${flow.name}=junk`,
    ])
      expect((await open(callback, `${own}; ${cookie}`)).status, cookie).toBe(403)
    const landed = await open(callback, `mooring-flow-${flow.id}=${other.value}; ${own}; ${flow.name}=${flow.value}`)
    expect(new URL(landed.headers.get('location') ?? '').searchParams.get('error')).toBeNull()
  })

  it('takes a secret that the store knows for no session', async () => {
    const flow = await begin()
    expect((await session(`${SESSION}=${flow.value}`)).status).toBe(401)
    const secret = decodeURIComponent(flow.value).split('.')[0] ?? ''
    const stored = await world.database.query('select 1 from mooring.sign_in_values where key_hash = $1', [
      sha256(secret),
    ])
    expect(stored).toEqual([])
  })

  it('keeps the cookies of eight flows and lets the oldest go: the newest finish, the oldest is refused', async () => {
    const browser = world.browser()
    browser.jar.set(SESSION, owner.jar.get(SESSION) ?? '')
    const flows = []
    for (let n = 0; n < 12; n++) flows.push(await begin(browser))
    const held = [...browser.jar.keys()].filter((name) => name.includes('mooring-flow-'))
    expect(held).toEqual(flows.slice(-8).map((flow) => flow.name))
    const [oldest, newest] = [flows[0], flows.at(-1)]
    const refused = await browser.open(await browser.consent(oldest?.url ?? ''))
    expect(refused.status).toBe(403)
    const done = await browser.open(await browser.consent(newest?.url ?? ''))
    expect(new URL(done.headers.get('location') ?? '').searchParams.get('error')).toBeNull()
  })

  it('stays up under hundreds of planted cookies, and does not open them all', async () => {
    const planted = Array.from({ length: 400 }, () => `__Host-mooring-flow-${crypto.randomUUID()}=x`).join('; ')
    const answer = await ask(world, 'GET', '/callback/linkedin?code=a&state=b', { cookie: planted })
    expect(answer.status).toBe(400)
    const started = await ask(
      world,
      'POST',
      '/api/v1/flows',
      { cookie: `${cookieOf(owner)}; ${planted}`, 'sec-fetch-site': 'same-origin' },
      { provider: 'linkedin' },
    )
    expect(started.status).toBe(201)
  })
})
