/** PostgreSQL stores no NUL and no half of a surrogate pair: names that hold one must not keep anybody from connecting. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, type World } from '../../test/world.ts'

let world: World
const api = createServer((_, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(
    '{"sub":"odd","name":"Ma\\u0000ra \\ud83e\\udd8a \\ud800Lind\\udc00qvist","email":"m\\u0000@example.com"}',
  )
})
beforeAll(async () => {
  await new Promise<void>((done) => api.listen(0, '127.0.0.1', done))
  const { port } = api.address() as AddressInfo
  world = await createWorld({ platformOrigins: { 'https://api.linkedin.com': `http://127.0.0.1:${port}` } })
})
afterAll(async () => {
  await world.close()
  api.close()
})

it('connects a person whose name holds what cannot be stored, without it', async () => {
  const flow = await world.browser().connectAll({ registration: 'linkedin' })
  expect(flow).toMatchObject({ state: 'connected', error: null })
  const { body } = await world.api('GET', `/connections/${flow.connectionId}`)
  expect(body.identity).toMatchObject({
    subject: 'odd',
    label: 'Mara 🦊 \ufffdLind\ufffdqvist',
    email: 'm@example.com',
  })
  expect(body.accounts[0].label).toBe(body.identity.label)
})
