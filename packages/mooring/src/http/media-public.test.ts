/** Files at their signed addresses, as platforms fetch them: without a key, for a day, and nothing beside them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BASE, createWorld, type Json, type World } from '../../test/world.ts'
import type { Registration } from '../provider.ts'
import { file } from '../publishing/media/testing.ts'
import { generateKey } from '../vault/keyring.ts'
import { expectProblem, send, UNKNOWN } from './testing.ts'

const HOUR = 3600
const MEDIA = 'https://media.example.com/files'

describe('a file at its signed address', () => {
  let world: World
  let film: Json
  let address: string
  const bytes = file('film.mp4')
  beforeAll(async () => {
    world = await createWorld({ env: { MOORING_MEDIA_URL: MEDIA } })
    film = await world.upload(bytes)
    address = urlOf()
  })
  afterAll(() => world.close())

  const urlOf = (workspace = world.workspace, id = film.id) =>
    world.mooring.publishing.files.url(workspace, { id, mime: film.mime })
  const pathOf = (url: string) => url.slice(MEDIA.length)
  async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
    const response = await world.mooring.fetch(new Request(BASE + path, { method, headers }))
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
  }
  const gone = async (path: string) => {
    const answer = await send(world, 'GET', path)
    expectProblem(answer, 404, 'not_found')
    return answer.text.replace(/"requestId":"[^"]+"/, '')
  }

  it('is below the address that the operator set, and ends as its kind does', () => {
    expect(address).toMatch(new RegExp(`^${MEDIA}/media/${world.workspace}/${film.id}/\\d{10}/[\\w-]{43}/file\\.mp4$`))
  })

  it('is given to whoever asks, with no redirect, of its exact type', async () => {
    const { status, headers, bytes: got } = await get(pathOf(address))
    expect([status, got.equals(bytes)]).toEqual([200, true])
    expect(headers.get('content-type')).toBe('video/mp4')
    expect(headers.get('content-length')).toBe(String(bytes.length))
    expect(headers.get('content-security-policy')).toContain('sandbox')
    expect(headers.get('set-cookie')).toBeNull()
  })

  it('is given in part, and as a head', async () => {
    const part = await get(pathOf(address), { range: 'bytes=10-19' })
    expect([part.status, part.bytes.equals(bytes.subarray(10, 20))]).toEqual([206, true])
    const head = await get(pathOf(address), {}, 'HEAD')
    expect([head.status, head.headers.get('content-length'), head.bytes.length]).toEqual([200, String(bytes.length), 0])
  })

  it('is the same whatever stands at the end', async () => {
    expect((await get(pathOf(address).replace(/file\.mp4$/, 'anything.html'))).headers.get('content-type')).toBe(
      'video/mp4',
    )
  })

  it('is nothing where any part of it is forged, in the words of what is not there', async () => {
    const other = await world.mooring.engine.store.workspaces.create(crypto.randomUUID(), 'Other', null)
    const [, , workspace = '', id = '', expires = '', signature = ''] = pathOf(address).split('/')
    const at = (parts: string[]) => `/media/${parts.join('/')}/file.mp4`
    const told = await gone(at([workspace, id, expires, 'x']))
    for (const forged of [
      [other.id, id, expires, signature],
      [workspace, UNKNOWN, expires, signature],
      [workspace, id, String(Number(expires) + 1), signature],
      [workspace, id, '9999999999', signature],
      [workspace, id, expires, signature.slice(0, -1)],
      [workspace, id, expires, `${signature}=`],
      [id, workspace, expires, signature],
      ['x', 'y', 'z', signature],
      [workspace, `${id}%00`, expires, signature],
      [workspace, '..%2f..%2fetc%2fpasswd', expires, signature],
    ])
      expect(await gone(at(forged)), forged.join('/')).toBe(told)
  })

  it('signed for another workspace leads to nothing of this one', async () => {
    const other = await world.mooring.engine.store.workspaces.create(crypto.randomUUID(), 'Other', null)
    await gone(pathOf(urlOf(other.id)))
    await gone(pathOf(urlOf(world.workspace, UNKNOWN)))
    await gone(pathOf(urlOf('no id', 'no id')))
  })

  it('is over after a day, and after the file is gone', async () => {
    const { id } = await world.upload(bytes)
    const path = pathOf(urlOf(world.workspace, id))
    world.advance(24 * HOUR)
    expect((await get(path)).status).toBe(200)
    world.advance(HOUR)
    await gone(path)
    const fresh = pathOf(urlOf(world.workspace, id))
    expect((await get(fresh)).status).toBe(200)
    await world.api('DELETE', `/media/${id}`)
    await gone(fresh)
  })

  it('takes nothing but to be read', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const answer = await send(world, method, pathOf(address))
      expectProblem(answer, 405, 'method_not_allowed')
    }
  })
})

describe('an address outlives the turn of the keys', () => {
  it('as long as the old key is in the ring', async () => {
    const [first, second] = [generateKey(), generateKey()]
    const before = await createWorld({ vaultKeys: first })
    const url = before.mooring.publishing.files.url(before.workspace, { id: UNKNOWN })
    const shown = () => {
      const [workspace = '', id = '', expires = '', signature = ''] = url.split('/').slice(-5)
      return { workspace, id, expires, signature }
    }
    const row = { ...shown() }
    expect(row.id).toBe(UNKNOWN)
    await before.close()
    for (const [vaultKeys, opens] of [
      [`${second},${first}`, true],
      [second, false],
    ] as const) {
      const world = await createWorld({ vaultKeys })
      // There is no such file in either: an address that holds gets as far as the store.
      let asked = 0
      const { media } = world.mooring.engine.store
      const found = media.get
      media.get = (...args) => {
        asked += 1
        return found(...args)
      }
      expect((await send(world, 'GET', new URL(url).pathname)).status).toBe(404)
      expect(asked).toBe(opens ? 1 : 0)
      await world.close()
    }
  })
})

describe('whether a platform can fetch a file', () => {
  const of = (id: string) => (registrations: readonly Registration[]) =>
    registrations.find((one) => one.id === id) as Registration
  it.each([
    // Played on this machine, which reaches itself.
    [{ sandboxed: true }, undefined, true],
    [{ sandboxed: true }, 'https://media.example.com', true],
    [{ sandboxed: false }, undefined, false],
    [{ sandboxed: false }, 'http://127.0.0.1:8003', false],
    [{ sandboxed: false }, 'https://localhost', false],
    [{ sandboxed: false }, 'https://10.0.0.5', false],
    [{ sandboxed: false }, 'https://media.example.com', true],
  ])('%j at %s: %s', async ({ sandboxed }, url, yes) => {
    const env = url === undefined ? {} : { MOORING_MEDIA_URL: url }
    const origins = {
      'https://graph.facebook.com': 'https://graph.facebook.com',
      'https://graph-video.facebook.com': 'https://graph-video.facebook.com',
      'https://rupload.facebook.com': 'https://rupload.facebook.com',
    }
    const world = await createWorld({ env, ...(sandboxed ? {} : { platformOrigins: origins }) })
    const registration = of('meta')(world.mooring.engine.registrations)
    expect(world.mooring.publishing.files.fetchable(registration)).toBe(yes)
    await world.close()
  })
})
