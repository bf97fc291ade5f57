import { describe, expect, it } from 'vitest'
import { fault, listener, unipileKit } from '../testing.ts'

const k = unipileKit()
const l = listener()
const SECRET = { key: 'x-mooring-secret', value: 'shared' }

const hook = async (more: Record<string, unknown> = {}) =>
  (await k.v1('/webhooks', { body: { source: 'account_status', request_url: l.url, headers: [SECRET], ...more } })).json
    .webhook_id
const messages = () => l.heard.map((one) => JSON.parse(one.body).AccountStatus.message)
const states = () => k.shown().deliveries.map((one) => one.state)

describe('webhooks', () => {
  it('are made, listed and deleted', async () => {
    const { status, json } = await k.v1('/webhooks', { body: { source: 'account_status', request_url: l.url } })
    expect([status, json]).toEqual([201, { object: 'WebhookCreated', webhook_id: expect.any(String) }])
    const path = `/webhooks/${json.webhook_id}`
    expect((await k.v1('/webhooks')).json).toEqual({
      object: 'WebhookList',
      items: [
        {
          ...{ object: 'Webhook', id: json.webhook_id, source: 'account_status', name: null, headers: [] },
          ...{ enabled: true, request_url: l.url, account_ids: [] },
        },
      ],
      cursor: null,
    })
    expect((await k.v1(path, { method: 'DELETE' })).json).toEqual({ object: 'WebhookDeleted' })
    expect((await k.v1(path, { method: 'DELETE' })).status).toBe(404)
  })

  it.each([
    [{ source: 'weather' }, 400, 'errors/invalid_parameters'],
    [{ source: 'messaging' }, 501, 'errors/feature_not_implemented'],
    [{ source: undefined }, 400, 'errors/missing_parameters'],
    [{ request_url: undefined }, 400, 'errors/missing_parameters'],
    [{ request_url: 'ftp://there.example' }, 400, 'errors/invalid_parameters'],
    [{ headers: [{ key: 'two words', value: 'x' }] }, 400, 'errors/invalid_parameters'],
  ])('with %j are refused: %i %s', async (more, status, type) => {
    const body = { source: 'account_status', request_url: l.url, ...more }
    expect(fault(await k.v1('/webhooks', { body }))).toEqual([status, type])
  })
})

describe('what is told', () => {
  it('comes in the order in which it happened, with the headers that were given and no content type', async () => {
    await hook()
    const id = await k.id('ada')
    await l.hears(3)
    expect(messages()).toEqual(['CREATION_SUCCESS', 'OK', 'SYNC_SUCCESS'])
    const [first] = l.heard
    expect(JSON.parse(first?.body ?? '')).toEqual({
      AccountStatus: { account_id: id, account_type: 'LINKEDIN', message: 'CREATION_SUCCESS' },
    })
    expect(first?.headers['x-mooring-secret']).toBe('shared')
    expect(first?.headers['content-type']).toBeUndefined()
  })

  it('has the end of both syncs where it is told to', async () => {
    k.settings({ syncSuccess: 'each' })
    await hook()
    await k.id('ada')
    await l.hears(4)
    expect(messages().slice(2)).toEqual(['SYNC_SUCCESS', 'SYNC_SUCCESS'])
  })

  it('has a content type where one was given', async () => {
    await hook({ headers: [{ key: 'Content-Type', value: 'application/json' }] })
    await k.id('ada')
    await l.hears(3)
    expect(l.heard[0]?.headers['content-type']).toBe('application/json')
  })

  it('is what became of an account, and each once', async () => {
    const id = await k.id('ada')
    await hook()
    for (const status of ['CREDENTIALS', 'CREDENTIALS', 'ERROR', 'STOPPED', 'CONNECTING', 'PERMISSIONS'] as const)
      k.steer({ seat: { id, status } })
    await k.reconnect(id, 'ada')
    await k.v1(`/accounts/${id}`, { method: 'DELETE' })
    await l.hears(8)
    expect(messages()).toEqual([
      ...['CREDENTIALS', 'ERROR', 'STOPPED', 'CONNECTING'],
      ...['RECONNECTED', 'OK', 'SYNC_SUCCESS', 'DELETED'],
    ])
  })

  it('of an approval in the app comes with nobody looking', async () => {
    await hook()
    await k.id('approve')
    k.advance(10)
    await l.hears(3)
    expect(messages()[0]).toBe('CREATION_SUCCESS')
  })

  it('is for the accounts that were named, of a webhook that is on', async () => {
    const ada = await k.id('ada')
    await hook({ account_ids: ['another'] })
    await hook({ enabled: false })
    await hook({ account_ids: [ada] })
    k.steer({ tell: { id: ada, message: 'SYNC_SUCCESS' } })
    await l.hears(1)
    expect(k.shown().deliveries).toHaveLength(1)
  })

  it('comes again five times, later each time, until it is taken', async () => {
    await hook()
    const id = await k.id('ada')
    await l.hears(3)
    l.answers = 202
    k.steer({ seat: { id, status: 'CREDENTIALS' } })
    await l.hears(4)
    for (const [at, seconds] of [10, 60, 300, 1800, 7200].entries()) {
      await expect.poll(() => states()[3]).toBe('waiting')
      k.advance(seconds)
      await l.hears(5 + at)
    }
    await expect.poll(() => states()[3]).toBe('given up')
    expect(new Set(messages().slice(3))).toEqual(new Set(['CREDENTIALS']))
  })

  it('is taken at the second try', async () => {
    await hook()
    l.answers = 500
    const id = await k.id('ada')
    k.steer({ remove: { id } })
    await l.hears(4)
    l.answers = 200
    await expect.poll(states).toEqual(Array(4).fill('waiting'))
    k.advance(10)
    await l.hears(8)
    await expect.poll(states).toEqual(Array(4).fill('delivered'))
  })

  it('comes twice and late where it is told to', async () => {
    const id = await k.id('ada')
    await hook()
    k.settings({ webhookCopies: 1, webhookLate: 120 })
    k.steer({ seat: { id, status: 'CREDENTIALS' } })
    k.settings({ webhookLate: 0 })
    k.steer({ seat: { id, status: 'OK' } })
    await l.hears(2)
    expect(messages()).toEqual(['OK', 'OK'])
    k.advance(120)
    await l.hears(4)
    expect(messages().slice(2)).toEqual(['CREDENTIALS', 'CREDENTIALS'])
  })

  it('shows no secret to who looks at the sandbox', async () => {
    await hook()
    await k.id('ada')
    await l.hears(3)
    expect(JSON.stringify(k.shown())).not.toContain('shared')
  })
})
