/** The proxy of a real server, at the sandbox's LinkedIn. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../world.ts'
import { bearer, cleanUp, request, type Server, startServer } from './harness.ts'
import { connect } from './person.ts'

describe('the proxy of a running server', () => {
  let server: Server
  let connection: Json
  let key: string
  beforeAll(async () => {
    server = await startServer()
    connection = await connect(server)
    key = (await server.api('POST', '/api-keys', { name: 'Product', scopes: ['proxy'] })).body.key
  })
  afterAll(() => cleanUp())
  const through = (path: string, headers: Record<string, string> = {}) =>
    request('GET', `${server.url}/api/v1/proxy/${connection.id}${path}`, undefined, { ...bearer(key), ...headers })

  it("brings the platform's own answers: what it gives, and how it refuses", async () => {
    const given = await through('/v2/userinfo')
    expect([given.status, given.body.name]).toEqual([200, connection.identity.label])
    expect(given.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
    const refused = await through('/v2/nothing-here')
    expect([refused.status, refused.headers.get('mooring-error')]).toEqual([404, null])
  })

  it('says which refusals are its own', async () => {
    const elsewhere = await through('/v2/userinfo', { 'mooring-origin': 'https://www.linkedin.com' })
    expect([elsewhere.status, elsewhere.headers.get('mooring-error')]).toEqual([400, 'origin_refused'])
    const token = await server.api('GET', `/connections/${connection.id}/token`, undefined, bearer(key))
    expect([token.status, token.body.code]).toEqual([403, 'forbidden'])
  })
})
