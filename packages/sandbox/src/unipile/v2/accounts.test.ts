import { describe, expect, it } from 'vitest'
import { signature } from '../push.ts'
import { fault, listener, unipileKit } from '../testing.ts'

const k = unipileKit()
const l = listener()
const id = async (who: string): Promise<string> => (await k.intent(who)).json.id

describe('accounts of v2', () => {
  it('are listed in pages, by status and by name, with and without a slash', async () => {
    const ada = await id('ada')
    const otp = (await k.check((await k.intent('otp')).json.intent_id, '123456')).json.id
    await k.id('sms')
    const ids = async (query = '') => (await k.v2(`/accounts/${query}`)).json.data.map((one: { id: string }) => one.id)
    expect(await ids()).toEqual([ada, otp])
    expect((await k.v2('/accounts?limit=1')).json).toMatchObject({ object: 'Accounts', has_more: true })
    expect(await ids('?limit=1&offset=1')).toEqual([otp])
    expect(await ids('?search=petrova')).toEqual([otp])
    expect(await ids('?provider=google')).toEqual([])
    k.steer({ seat: { id: ada, status: 'CREDENTIALS' } })
    expect(await ids('?status=disconnected')).toEqual([ada])
    for (const query of ['limit=0', 'offset=-1', 'status=OK'])
      expect(fault(await k.v2(`/accounts/?${query}`))).toEqual([400, 'api/invalid_parameters'])
  })

  it.each([
    ['OK', 'running'],
    ['CREDENTIALS', 'disconnected'],
    ['STOPPED', 'paused'],
    ['ERROR', 'errored'],
  ] as const)('at %s are %s', async (status, shown) => {
    const ada = await id('ada')
    k.steer({ seat: { id: ada, status } })
    expect((await k.v2(`/accounts/${ada}`)).json.status).toBe(shown)
    k.settings({ errored: 'error' })
    expect((await k.v2(`/accounts/${ada}`)).json.status).toBe(shown === 'errored' ? 'error' : shown)
  })

  it('take metadata, and go', async () => {
    const path = `/accounts/${await id('ada')}`
    const patch = (body: Record<string, unknown>) => k.v2(path, { method: 'PATCH', body })
    expect((await patch({ metadata: { team: 'north' } })).json.metadata).toEqual({ team: 'north' })
    expect((await patch({ metadata: { team: 1 } })).status).toBe(400)
    expect((await k.v2(path, { method: 'DELETE' })).json).toEqual({ success: true })
    for (const method of ['GET', 'DELETE', 'PATCH'])
      expect(fault(await k.v2(path, { method }))).toEqual([404, 'api/resource_not_found'])
  })

  it('of v1 are not theirs', async () => {
    const v1 = await k.id('ada')
    expect((await k.v2(`/accounts/${v1}`)).status).toBe(404)
    expect((await k.v1(`/accounts/${await id('ada')}`)).status).toBe(404)
  })

  it('of a path that is not there are not found', async () => {
    expect(fault(await k.v2('/nothing'))).toEqual([404, 'api/resource_not_found'])
  })
})

describe('webhooks of v2', () => {
  const TRIGGERS = ['account.add', 'account.status.disconnected']
  const make = (more: Record<string, unknown> = {}) =>
    k.v2('/webhooks/endpoints/', { body: { url: l.url, trigger_events: TRIGGERS, ...more } })

  it('are made with a secret, read, listed and deleted', async () => {
    const { status, json } = await make({ description: 'ours' })
    expect([status, json]).toEqual([
      200,
      {
        ...{ object: 'WebhookEndpoint', id: expect.any(String), application_id: expect.any(String), url: l.url },
        ...{ description: 'ours', trigger_events: TRIGGERS, enabled: true, secret: expect.stringMatching(/^whsec_/) },
      },
    ])
    const path = `/webhooks/endpoints/${json.id}`
    expect((await k.v2(path)).json).toEqual(json)
    expect((await k.v2('/webhooks/endpoints')).json.data).toEqual([json])
    expect((await k.v2(path, { method: 'DELETE' })).json).toEqual({ success: true })
    expect((await k.v2(path)).status).toBe(404)
    expect(JSON.stringify(k.shown())).not.toContain(json.secret)
  })

  it.each([{ url: 'nowhere' }, { trigger_events: [] }, { trigger_events: ['account.other'] }, { url: undefined }])(
    'with %j are refused',
    async (more) => expect(fault(await make(more))).toEqual([400, 'api/invalid_parameters']),
  )

  it('tell what was asked for, signed', async () => {
    const { secret } = (await make()).json
    const account_id = (await k.intent('ada', { state: 'state-1' })).json.id
    k.steer({ seat: { id: account_id, status: 'STOPPED' } })
    k.steer({ seat: { id: account_id, status: 'CREDENTIALS' } })
    await l.hears(2)
    const [first, second] = l.heard
    expect(JSON.parse(first?.body ?? '')).toEqual({
      ...{ id: expect.stringMatching(/^evt_/), type: 'account.add', account_id, account_provider: 'linkedin' },
      payload: { state: 'state-1' },
    })
    expect(JSON.parse(second?.body ?? '').type).toBe('account.status.disconnected')
    const now = k.on.sandbox.control.state().clock.now
    expect(first?.headers['unipile-signature']).toBe(signature(secret, first?.body ?? '', now))
    expect(first?.headers['content-type']).toBe('application/json')
  })
})
