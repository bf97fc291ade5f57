/** Webhooks to a real receiver over HTTP: what arrives, what is tried again, and where it stops. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type Json, type World } from '../../test/world.ts'
import { addConnection, newEvent } from '../store/testing.ts'
import { sendWebhooks } from './webhooks.ts'

interface Received {
  path: string
  headers: Record<string, string>
  body: string
}

const DAY = 86_400
let world: World
let server: Server
let base: string
let received: Received[] = []
/** What the receiver answers; undefined: it hangs up. */
let answers: (number | undefined)[] = []
let always: number | undefined = 200

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers as Record<string, string>, body })
      const status = answers.length > 0 ? answers.shift() : always
      if (status === undefined) return void request.socket.destroy()
      response.writeHead(status, status === 302 ? { location: `${base}/elsewhere` } : {}).end('thanks')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  world = await createWorld()
})
afterAll(async () => {
  await world.close()
  server.closeAllConnections()
  server.close()
})
afterEach(async () => {
  for (const { id } of (await world.api('GET', '/webhooks')).body.data) await world.api('DELETE', `/webhooks/${id}`)
  received = []
  answers = []
  always = 200
})

const engine = () => world.mooring.engine
const send = () => sendWebhooks(engine())
async function endpoint(more: object = {}): Promise<Json> {
  const made = await world.api('POST', '/webhooks', { url: `${base}/hooks`, ...more })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body
}
const happens = (subject: string, type = 'connection.connected') =>
  addConnection(engine().store, world.workspace, subject, newEvent(type, new Date(world.now())))
const deliveries = async (id: string): Promise<Json[]> =>
  (await world.api('GET', `/webhooks/${id}/deliveries`)).body.data
const look = async (id: string): Promise<Json> => (await world.api('GET', `/webhooks/${id}`)).body

describe('what happens', () => {
  it('arrives signed, with an id that is the same at every endpoint, and says whose it is', async () => {
    const [one, two] = [await endpoint(), await endpoint({ url: `${base}/two` })]
    const connection = await happens('mara')
    expect(await send()).toBe(2)
    expect(received.map(({ path }) => path).sort()).toEqual(['/hooks', '/two'])
    for (const { path, headers, body } of received) {
      const secret = path === '/two' ? two.secret : one.secret
      const now = Math.floor(world.now() / 1000)
      expect(Math.abs(Number(headers['webhook-timestamp']) - now)).toBeLessThan(60)
      expect(new Webhook(secret).verify(body, headers)).toEqual({
        type: 'connection.connected',
        timestamp: expect.stringMatching(/Z$/),
        data: {
          workspaceId: world.workspace,
          externalId: null,
          connection: {
            id: connection,
            provider: 'linkedin',
            identity: { subject: 'mara', label: 'Mara Lindqvist', handle: null },
          },
          actor: 'Owner',
          message: 'It happened.',
        },
      })
      const other = path === '/two' ? one.secret : two.secret
      expect(() => new Webhook(other).verify(body, headers)).toThrow()
      expect(() => new Webhook(secret).verify(body.replace('mara', 'tomas'), headers)).toThrow()
    }
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(await send()).toBe(0)
    expect(await deliveries(one.id)).toMatchObject([
      { type: 'connection.connected', state: 'delivered', status: 200, fault: null, tries: 1, nextTryAt: null },
    ])
  })

  it('is told by the names of the outside, and what is routine only to who asks for it', async () => {
    const all = await endpoint()
    const some = await endpoint({ url: `${base}/some`, events: ['connection.refreshed'] })
    for (const type of ['reauthorize', 'failing', 'disconnected', 'refreshed'])
      await happens(type, `connection.${type}`)
    await happens('inside', 'connection.of-no-concern')
    expect(await send()).toBe(4)
    const types = async (id: string) => (await deliveries(id)).map((one) => one.type).sort()
    expect(await types(all.id)).toEqual([
      'connection.disconnected',
      'connection.failing',
      'connection.needs_reauthorization',
    ])
    expect(await types(some.id)).toEqual(['connection.refreshed'])
  })

  it('is written with the event, or not at all', async () => {
    const { id } = await endpoint()
    const { store } = engine()
    const failing = store.connections.upsert(
      world.workspace,
      { newId: crypto.randomUUID(), provider: 'linkedin', registration: 'linkedin', subject: 'undone' },
      () => {
        throw new Error('undone')
      },
      () => newEvent(),
    )
    await expect(failing).rejects.toThrow('undone')
    expect(await deliveries(id)).toEqual([])
  })

  it('goes out in its workspace alone', async () => {
    const { id } = await endpoint()
    const other = await engine().store.workspaces.create(crypto.randomUUID(), 'Another', null)
    await addConnection(engine().store, other.id, 'theirs')
    expect(await send()).toBe(0)
    expect(await deliveries(id)).toEqual([])
  })

  it('arrives once, though several send at the same time', async () => {
    await endpoint()
    for (const subject of ['a', 'b', 'c', 'd']) await happens(subject)
    const sent = await Promise.all([send(), send(), send()])
    expect(sent.reduce((sum, one) => sum + one, 0)).toBe(4)
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(4)
    expect(received).toHaveLength(4)
  })

  it('says nothing of a person who was erased meanwhile', async () => {
    await endpoint()
    const connection = await happens('erased')
    await world.database.query("update mooring.connections set label = 'Erased', subject = 'erased' where id = $1", [
      connection,
    ])
    await send()
    expect(received[0]?.body).not.toContain('Mara')
  })
})

describe('an endpoint that takes nothing', () => {
  it.each([[500], [302], [404], [undefined]])('answers %s: it is tried again, later each time', async (status) => {
    const { id } = await endpoint()
    await happens(`once ${status}`)
    answers = [status, status]
    expect(await send()).toBe(0)
    const fault = status === undefined ? 'no_answer' : 'status'
    expect(await deliveries(id)).toMatchObject([{ state: 'waiting', tries: 1, status: status ?? null, fault }])
    expect(await look(id)).toMatchObject({ state: 'failing' })
    expect(await send()).toBe(0)
    world.advance(7)
    expect(await send()).toBe(0)
    expect(await deliveries(id)).toMatchObject([{ state: 'waiting', tries: 2 }])
    world.advance(60)
    expect(await send()).toBe(0)
    world.advance(300)
    expect(await send()).toBe(1)
    expect(received).toHaveLength(3)
    // The same message, signed anew.
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(received.every(({ path }) => path === '/hooks')).toBe(true)
    expect(await look(id)).toMatchObject({ state: 'active', failingSince: null })
  })

  it('is paused after three days in which nothing arrived, somebody is told, and nothing is lost', async () => {
    const { id } = await endpoint()
    await happens('first')
    always = 503
    const began = world.now()
    while ((await look(id)).state !== 'paused') {
      await send()
      world.advance(3600)
      expect(world.now() - began).toBeLessThan(5 * DAY * 1000)
    }
    expect(world.now() - began).toBeGreaterThan(3 * DAY * 1000)
    expect(await look(id)).toMatchObject({ state: 'paused', pausedWhy: 'failing' })
    const told = await world.database.query("select message from mooring.events where type = 'webhook.paused'")
    expect(told).toHaveLength(1)
    expect(
      await world.database.query(
        'select 1 from mooring.letters_due d join mooring.events e on e.id = d.event_id where e.type = $1',
        ['webhook.paused'],
      ),
    ).toHaveLength(1)

    await happens('in the pause')
    received = []
    world.advance(DAY)
    expect(await send()).toBe(0)
    expect(received).toEqual([])
    expect((await deliveries(id)).map((one) => one.state)).toEqual(['held', 'failed'])

    always = 200
    expect((await world.api('PATCH', `/webhooks/${id}`, { paused: false })).body).toMatchObject({ state: 'active' })
    expect(await send()).toBe(1)
    const [held, failed] = await deliveries(id)
    expect([held?.state, failed?.state]).toEqual(['delivered', 'failed'])
    // What was given up is sent by hand.
    const again = await world.api('POST', `/webhooks/${id}/deliveries/${failed?.id}/replay`)
    expect(again.body).toMatchObject({ state: 'waiting', tries: 0, id: failed?.id })
    expect(await send()).toBe(1)
    expect((await deliveries(id)).map((one) => one.state)).toEqual(['delivered', 'delivered'])
  })

  it('is not paused by one message that it never takes while others arrive', async () => {
    const { id } = await endpoint()
    await happens('poison')
    always = 500
    for (let hours = 0; hours < 90; hours += 1) {
      await send()
      world.advance(3600)
      if (hours % 10 !== 5) continue
      await happens(`fine ${hours}`)
      const [fine] = await deliveries(id)
      await world.database.query(
        "update mooring.webhooks_due set due_at = case when delivery_id = $1 then '2000-01-01' else due_at end",
        [fine?.id],
      )
      answers = [200]
      expect(await send()).toBe(1)
    }
    const all = await deliveries(id)
    expect(all.find((one) => one.state === 'failed')).toMatchObject({ tries: 10 })
    expect((await look(id)).pausedAt).toBeNull()
    expect(world.logs.some(({ message }) => message === 'a webhook is given up')).toBe(true)
  })

  it('that says 410 is paused at once', async () => {
    const { id } = await endpoint()
    await happens('gone')
    answers = [410]
    await send()
    expect(await look(id)).toMatchObject({ state: 'paused', pausedWhy: 'gone' })
    expect((await deliveries(id)).map((one) => one.state)).toEqual(['held'])
  })

  it('makes no other endpoint wait, nor is it asked for each message that waits', async () => {
    await endpoint({ url: 'http://127.0.0.1:9/nobody' })
    const good = await endpoint()
    for (const subject of ['a', 'b', 'c', 'd', 'e']) await happens(`many ${subject}`)
    expect(await send()).toBe(5)
    expect((await deliveries(good.id)).every((one) => one.state === 'delivered')).toBe(true)
    const tried = await world.database.query<{ sum: number }>(
      "select sum(tries)::int from mooring.webhook_deliveries where last_fault is not null and last_fault <> 'status'",
    )
    expect(tried[0]?.sum).toBeLessThanOrEqual(2)
  })
})

describe('an endpoint', () => {
  it('shows its secret once, sealed ever after', async () => {
    const { id, secret } = await endpoint()
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(JSON.stringify([await look(id), (await world.api('GET', '/webhooks')).body])).not.toContain('whsec_')
    const [row] = await world.database.query<{ secret: string }>('select secret from mooring.webhooks where id = $1', [
      id,
    ])
    expect(row?.secret).toMatch(/^v1\./)
    expect(JSON.stringify(world.logs)).not.toContain(secret.slice(6))
  })

  it('is tested at once, and says what came of it', async () => {
    const { id } = await endpoint()
    const test = () => world.api('POST', `/webhooks/${id}/test`)
    expect((await test()).body).toEqual({ ok: true, status: 200, fault: null })
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ type: 'webhook.test' })
    answers = [418]
    expect((await test()).body).toEqual({ ok: false, status: 418, fault: 'status' })
    answers = [undefined]
    expect((await test()).body).toEqual({ ok: false, status: null, fault: 'no_answer' })
    expect((await deliveries(id)).map((one) => [one.type, one.state])).toEqual([
      ['webhook.test', 'failed'],
      ['webhook.test', 'failed'],
      ['webhook.test', 'delivered'],
    ])
    world.advance(DAY)
    expect(await send()).toBe(0)
  })

  it('is paused and resumed by hand; what happens meanwhile is held', async () => {
    const { id } = await endpoint()
    await happens('before')
    expect((await world.api('PATCH', `/webhooks/${id}`, { paused: true })).body).toMatchObject({ pausedWhy: 'person' })
    await happens('after')
    expect(await send()).toBe(0)
    const [held] = await deliveries(id)
    expect((await world.api('POST', `/webhooks/${id}/deliveries/${held?.id}/replay`)).status).toBe(409)
    await world.api('PATCH', `/webhooks/${id}`, { paused: false, events: ['connection.failing'] })
    expect(await send()).toBe(2)
    await happens('unwanted')
    expect(await send()).toBe(0)
  })

  it('that is paused while something happens holds it all the same', async () => {
    const { id } = await endpoint()
    await happens('meanwhile')
    // As if the event had been written in the very moment of the pause.
    await world.database.query('update mooring.webhooks set paused_at = now(), paused_why = $1', ['person'])
    expect(await send()).toBe(0)
    expect(received).toEqual([])
    expect((await deliveries(id)).map((one) => one.state)).toEqual(['held'])
  })

  it('is one of twenty at most', async () => {
    for (let at = 0; at < 20; at += 1) await endpoint({ url: `${base}/${at}` })
    expect((await world.api('POST', '/webhooks', { url: `${base}/more` })).status).toBe(409)
  })

  it.each([
    ['http://app.example.com/hooks', 'is not https'],
    ['ftp://app.example.com/hooks', 'is not https'],
    ['https://me:secret@app.example.com/', 'holds a user name'],
    ['https://app.example.com/#part', 'holds a fragment'],
    ['https://10.0.0.8/hooks', 'leads into a private network'],
    ['https://169.254.169.254/latest', 'leads into a private network'],
    ['https://[::ffff:10.0.0.1]/', 'leads into a private network'],
    ['not an address', 'is not an address'],
  ])('is not %s', async (url, why) => {
    const { status, body } = await world.api('POST', '/webhooks', { url })
    expect([status, body.errors[0].path]).toEqual([400, 'url'])
    expect(body.errors[0].message).toContain(why)
    const { id } = await endpoint()
    expect((await world.api('PATCH', `/webhooks/${id}`, { url })).status).toBe(400)
  })

  it('takes its deliveries with it, and these go by themselves after 30 days', async () => {
    const { id } = await endpoint()
    await happens('old')
    await send()
    const { store } = engine()
    expect(await store.webhooks.expire(world.workspace, new Date(world.now() - 31 * DAY * 1000))).toBe(0)
    expect(await store.webhooks.expire(world.workspace, new Date(world.now() + 1000))).toBe(1)
    await happens('new')
    await world.api('DELETE', `/webhooks/${id}`)
    expect(await world.database.query('select 1 from mooring.webhook_deliveries')).toEqual([])
    expect(await world.database.query('select 1 from mooring.webhooks_due')).toEqual([])
  })
})

it('is sent by what runs in the background, within seconds', async () => {
  await world.close()
  world = await createWorld({ background: true })
  await endpoint()
  await happens('soon')
  await expect.poll(() => received.length, { timeout: 30_000 }).toBe(1)
})
