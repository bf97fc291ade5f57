/** Pictures through us, with the sandbox's hosts behind: what an `<img>` gets, for how long, and what the API shows in their place. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BASE, createWorld, type Json, type World } from '../../test/world.ts'

const DAY = 86_400
const PNG = '89504e470d0a1a0a'

async function get(world: World, path: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await world.mooring.fetch(new Request(new URL(path, BASE), { method, headers }))
  const bytes = Buffer.from(await response.arrayBuffer())
  return { status: response.status, headers: response.headers, bytes }
}

const asked = (world: World): number =>
  ['linkedin.picture', 'x.picture', 'meta.picture'].reduce((sum, one) => sum + world.sandbox.control.requests(one), 0)

describe('the picture of an account', () => {
  let world: World
  let connection: Json
  let picture = ''
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
    const { connectionId } = await world.browser().connectAll()
    connection = (await world.api('GET', `/connections/${connectionId}`)).body
    picture = connection.identity.picture
  })
  afterAll(() => world.close())

  it('is a path of ours, the same for a day, and no address of the platform is in any answer', async () => {
    expect(picture).toMatch(/^\/api\/v1\/pictures\/[\w-]+\.[\w-]+$/)
    const person = connection.accounts.find((one: Json) => one.kind === 'person')
    expect(person.picture).toBe(picture)
    const { flow } = await world.browser().connect({ provider: 'meta' })
    expect(flow.candidates.length).toBeGreaterThan(2)
    for (const one of flow.candidates) expect(one.picture, one.label).toMatch(/^\/api\/v1\/pictures\//)
    for (const path of [
      '/connections',
      '/accounts',
      `/flows/${flow.id}`,
      `/connections/${connection.id}/available-accounts`,
    ]) {
      const { status, body } = await world.api('GET', path)
      expect(status, path).toBe(200)
      expect(JSON.stringify(body), path).not.toMatch(/licdn|fbcdn|127\.0\.0\.1/)
    }
    expect((await world.api('GET', `/connections/${connection.id}`)).body.identity.picture).toBe(picture)
  })

  it('needs no key and no cookie, comes with what it is, and can be nothing else', async () => {
    const { status, headers, bytes } = await get(world, picture)
    expect([status, headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(bytes.subarray(0, 8).toString('hex')).toBe(PNG)
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'private, max-age=86400',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'content-disposition': 'inline',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      etag: expect.stringMatching(/^"[\w-]{27}"$/),
    })
    expect(headers.getSetCookie()).toEqual([])
    const head = await get(world, picture, {}, 'HEAD')
    expect([head.status, head.bytes.length, head.headers.get('etag')]).toEqual([200, 0, headers.get('etag')])
  })

  it('is asked of the platform once, by however many, and not sent again to whoever has it', async () => {
    const before = asked(world)
    const first = await get(world, picture)
    await Promise.all(Array.from({ length: 10 }, () => get(world, picture)))
    const etag = first.headers.get('etag') ?? ''
    for (const known of [etag, `"other", ${etag}`]) {
      const again = await get(world, picture, { 'if-none-match': known })
      expect([again.status, again.bytes.length, again.headers.get('etag')]).toEqual([304, 0, etag])
    }
    expect((await get(world, picture, { 'if-none-match': '"other"' })).status).toBe(200)
    expect(asked(world)).toBe(before)
  })

  it('is 404 for an address that we did not make, in one and the same words', async () => {
    const [text = '', shown = ''] = picture.split('/').at(-1)?.split('.') ?? []
    const told = new Set<string>()
    const [, provider, end, url] = JSON.parse(Buffer.from(text, 'base64url').toString())
    const moved = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
    for (const bad of [
      'x',
      `${text}.`,
      `${text}.${shown.slice(1)}`,
      `${moved(crypto.randomUUID(), provider, end, url)}.${shown}`,
      `${moved(world.workspace, provider, end + 1000, url)}.${shown}`,
      `${moved(world.workspace, 'meta', end, url)}.${shown}`,
      `${moved(world.workspace, provider, end, 'https://169.254.169.254/')}.${shown}`,
    ]) {
      const { status, bytes } = await get(world, `/api/v1/pictures/${bad}`)
      expect(status, bad).toBe(404)
      told.add(bytes.toString().replace(/"requestId":"[^"]+"/, ''))
    }
    expect(told.size).toBe(1)
    expect((await get(world, `/api/v1/pictures/${'x'.repeat(5000)}`)).status).toBe(404)
    expect((await get(world, picture, {}, 'POST')).status).toBe(405)
  })

  it('is 404 when the platform’s own link has ended, and is then not asked for again at once', async () => {
    world.sandbox.control.advance(40 * DAY)
    // This process has it for an hour.
    expect((await get(world, picture)).status).toBe(200)
    world.advance(3601)
    const before = asked(world)
    expect((await get(world, picture)).status).toBe(404)
    expect((await get(world, picture)).status).toBe(404)
    expect(asked(world)).toBe(before + 1)
    world.advance(601)
    expect((await get(world, picture)).status).toBe(404)
    expect(asked(world)).toBe(before + 2)
  })

  it('is asked for again soon when its host was away', async () => {
    const { connectionId } = await world.browser().connectAll({ provider: 'linkedin' }, { member: 'tomas' })
    const theirs = (await world.api('GET', `/connections/${connectionId}`)).body.identity.picture
    world.sandbox.control.fault({ endpoint: 'linkedin.picture', kind: 'gateway' })
    expect((await get(world, theirs)).status).toBe(404)
    world.sandbox.control.fault({ endpoint: 'linkedin.picture', kind: 'reset' })
    world.advance(31)
    expect((await get(world, theirs)).status).toBe(404)
    world.advance(31)
    expect((await get(world, theirs)).status).toBe(200)
  })

  it('is over after two days: the API tells the next address', async () => {
    world.advance(2 * DAY)
    const { identity } = (await world.api('GET', `/connections/${connection.id}`)).body
    expect(identity.picture).not.toBe(picture)
    expect((await get(world, picture)).status).toBe(404)
  })

  it('of who has none is null', async () => {
    const { connectionId } = await world.browser().connectAll({ provider: 'linkedin' }, { member: 'ines' })
    expect((await world.api('GET', `/connections/${connectionId}`)).body.identity.picture).toBeNull()
  })

  it('is not written in the log, neither its address nor the platform’s', () => {
    expect(world.logs.some((line) => line.message === 'a picture could not be had')).toBe(true)
    expect(JSON.stringify(world.logs)).not.toMatch(/licdn|dms\/image|pictures\/[\w-]{20}/)
  })
})

describe('of a workspace', () => {
  it('that was erased, no picture is shown', async () => {
    const world = await createWorld()
    const owner = world.browser()
    await owner.signIn()
    const made = (await owner.send('POST', '/workspaces', { name: 'Brief' })).body
    const within = { 'mooring-workspace': made.id }
    const started = (await owner.send('POST', '/flows', { provider: 'linkedin' }, within)).body
    await owner.open(await owner.consent(started.authorizeUrl))
    const flow = (await owner.send('GET', `/flows/${started.id}`, undefined, within)).body
    const { picture } = flow.candidates.find((one: Json) => one.picture !== null)
    // By an <img>, which names no workspace: a person may belong to many.
    expect((await get(world, picture)).status).toBe(200)
    expect((await owner.send('POST', '/workspace/erase', { name: 'Brief' }, within)).status).toBe(200)
    expect((await get(world, picture)).status).toBe(404)
    await world.close()
  })
})
