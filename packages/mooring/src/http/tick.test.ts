/** The background's work by request: who may ask, what is done, and that two at once do it once. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asked, clean, connected, DAY, steer } from '../../test/linkedin.ts'
import { BASE, createWorld, KEY, type World } from '../../test/world.ts'
import { createKeyRing, generateKey } from '../vault/keyring.ts'
import { signatures } from '../vault/signature.ts'

const old = generateKey()
let world: World
beforeAll(async () => {
  world = await createWorld({
    background: false,
    vaultKeys: `${generateKey()},${old}`,
    env: { MOORING_STARTS_PER_HOUR: '1000' },
  })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const signature = (keys = world.vaultKeys, base = BASE) => signatures(createKeyRing(keys), 'tick', base)[0] ?? ''
async function tick(shown = signature(), init: RequestInit = {}, mooring = world.mooring) {
  const response = await mooring.fetch(new Request(`${BASE}/tick${shown === '' ? '' : `/${shown}`}`, init))
  return { status: response.status, body: JSON.parse(await response.text()) }
}
const refreshes = (connects: number) => asked(world, 'token') - connects

describe('a tick', () => {
  it('renews what is due and nothing else, though nothing else works in the background', async () => {
    await connected(world, { member: 'mara' })
    await connected(world, { member: 'tomas' })
    expect(await tick()).toEqual({
      status: 200,
      body: { looked: {}, letters: 0, webhooks: 0, deliveries: 0, more: false },
    })
    expect(refreshes(2)).toBe(0)
    world.advance(56 * DAY)
    expect(await tick()).toEqual({
      status: 200,
      body: { looked: { renewed: 2 }, letters: 0, webhooks: 0, deliveries: 0, more: false },
    })
    expect(refreshes(2)).toBe(2)
    expect((await tick()).body.looked).toEqual({})
    expect((await world.api('GET', '/connections')).body.data.map((one: { state: string }) => one.state)).toEqual([
      'connected',
      'connected',
    ])
  })

  it('two at once, in two processes, renew each once', async () => {
    const other = await createWorld({ database: world.database, vaultKeys: world.vaultKeys, background: false })
    for (const member of ['mara', 'tomas', 'ines'] as const) await connected(world, { member })
    world.advance(56 * DAY)
    other.advance(56 * DAY)
    const answers = await Promise.all([tick(), tick(), tick(signature(), {}, other.mooring)])
    for (const { status } of answers) expect(status).toBe(200)
    const versions = await world.database.query<{ token_version: string }>(
      'select token_version from mooring.connections',
    )
    expect(versions.map((one) => Number(one.token_version))).toEqual([2, 2, 2])
    await other.mooring.close()
  })

  it('says what failed, and is asked again without harm', async () => {
    await connected(world)
    world.advance(56 * DAY)
    steer(world, { outage: true })
    expect((await tick()).body.looked).toEqual({ failed: 1 })
    // Its next try has its own time.
    expect((await tick()).body.looked).toEqual({})
    steer(world, { outage: false })
    world.advance(120)
    expect((await tick()).body.looked).toEqual({ renewed: 1 })
  })

  it('removes files that no post has used for a month', async () => {
    const [old, used] = [await world.upload(), await world.upload()]
    const draft = { content: { text: 'x', media: [{ id: used.id }] }, targets: [], when: { how: 'draft' } }
    expect((await world.api('POST', '/posts', draft)).status).toBe(201)
    world.advance(31 * DAY)
    const young = await world.upload()
    await tick()
    const left = (await world.api('GET', '/media')).body.data.map((one: { id: string }) => one.id)
    expect(left).toEqual([young.id, used.id])
    expect(await readdir(join(world.mediaDir, world.workspace))).not.toContain(old.id)
  })

  it('writes what was counted for the audit before it answers', async () => {
    const { id } = await connected(world)
    await world.api('GET', `/connections/${id}/token`)
    await tick()
    const rows = await world.database.query("select 1 from mooring.audit_entries where action = 'token.read'")
    expect(rows.length).toBeGreaterThan(0)
  })
})

describe('who may ask for one', () => {
  it('whoever has the address, by GET or POST, and its last part as a bearer token', async () => {
    expect((await tick(signature(), { method: 'POST' })).status).toBe(200)
    expect((await tick('', { headers: { authorization: `Bearer ${signature()}` } })).status).toBe(200)
    expect((await tick('', { method: 'POST', headers: { authorization: `Bearer ${signature()}` } })).status).toBe(200)
    // Signed with a key that is in the ring still.
    expect((await tick(signature(old))).status).toBe(200)
  })

  it.each([
    ['nothing', () => ''],
    ['another word', () => 'x'],
    ['its beginning', () => signature().slice(0, -1)],
    ['one letter of another case', () => signature().replace(/[a-z]/, (one) => one.toUpperCase())],
    ['that of another server', () => signature(world.vaultKeys, 'https://other.example')],
    ['that of another key', () => signature(generateKey())],
    ['an API key', () => KEY],
  ])('nobody with %s', async (_, shown) => {
    for (const answer of [
      await tick(shown()),
      await tick('', { headers: { authorization: `Bearer ${shown()}` } }),
      await tick(shown(), { method: 'POST', headers: { authorization: `Bearer ${KEY}` } }),
    ])
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
  })

  it('leaves no trace of the address in the log, the metrics or a refusal', async () => {
    const shown = signature()
    await tick()
    const refused = await tick(`${shown}x`)
    const metrics = await world.mooring.fetch(
      new Request(`${BASE}/metrics`, { headers: { authorization: `Bearer ${KEY}` } }),
    )
    const seen = JSON.stringify([world.logs, refused.body, await metrics.text()])
    expect(seen).toContain('/tick/:signature')
    expect(seen).not.toContain(shown)
  })

  it('is no method but GET and POST', async () => {
    expect((await tick(signature(), { method: 'DELETE' })).status).toBe(405)
  })
})
