import { describe, expect, it } from 'vitest'
import { heyreachKit } from '../testing.ts'

const k = heyreachKit()
const ID = 71113
const seat = async () => (await k.get(`/li_account/GetById?accountId=${ID}`)).json
const total = async () => (await k.post('/li_account/GetAll', { offset: 0, limit: 1 })).json.totalCount

describe('a command', () => {
  it('takes a seat’s session, and gives it back', async () => {
    k.steer({ seat: { id: ID, authIsValid: false } })
    expect(await seat()).toMatchObject({ id: ID, authIsValid: false, isActive: true })
    k.steer({ seat: { email: 'bruno.adeyemi@clients.example', authIsValid: true, isActive: false } })
    expect(await seat()).toMatchObject({ authIsValid: true, isActive: false })
  })

  it('lets a session end by itself', async () => {
    k.steer({ seat: { id: ID, authEndsInSeconds: 60 } })
    k.advance(59)
    expect((await seat()).authIsValid).toBe(true)
    k.advance(1)
    expect((await seat()).authIsValid).toBe(false)
  })

  it('restricts a seat, and deletes it', async () => {
    k.steer({ seat: { id: ID, restricted: true } })
    expect((await seat()).authIsValid).toBe(false)
    k.steer({ deleteSeat: { id: ID } })
    expect((await k.get(`/li_account/GetById?accountId=${ID}`)).status).toBe(404)
    expect(await total()).toBe(123)
  })

  it('that names what is not there is refused', () => {
    for (const command of [
      { seat: { id: 1, authIsValid: false } },
      { deleteSeat: { id: ID, email: 'ada@sandbox.example' } },
      { app: { registration: 'nobody' } },
      { login: { do: 'expire' as const } },
      { login: { do: 'approve' as const } },
    ])
      expect(() => k.steer(command)).toThrow(/No seat matches|There is no app|No attempt|Nothing waits/)
  })

  it('shows no key', () => {
    expect(JSON.stringify(k.sandbox.control.state())).not.toContain(k.headers()['x-api-key'])
  })
})

describe('the sandbox’s page', () => {
  const page = async (path = '/') => (await fetch(`${k.sandbox.url}${path}`)).text()
  const press = async (fields: Record<string, string>) => {
    const body = new URLSearchParams({ do: 'act', platform: 'heyreach', id: String(ID), ...fields })
    const answer = await fetch(`${k.sandbox.url}/__press`, { method: 'POST', body, redirect: 'manual' })
    return page(answer.headers.get('location') ?? '')
  }

  it('lists the seats', async () => {
    const shown = await page()
    for (const { emailAddress } of k.shown().seats) expect(shown).toContain(`<td>${emailAddress}</td>`)
    expect(shown).toContain('109 more')
  })

  it('approves an attempt, and lets one expire', async () => {
    k.settings({ senders: 'assumed' })
    const approving = (await k.add('approve-or-code')).json.sender_id
    const sms = (await k.add('sms')).json.sender_id
    expect(await page()).toContain('waits for app_approval')
    expect(await press({ act: 'approve', id: String(sms) })).toContain('There was nothing to do that to.')
    await press({ act: 'approve', id: String(approving) })
    expect((await k.get(`/senders/${approving}`)).json.success).toBe(true)
    expect(await press({ act: 'expire', id: String(sms) })).not.toContain('waits for')
    expect((await k.get(`/senders/${sms}`)).json.error).toBe('verification_expired')
  })

  it('loses a session, brings it back, restricts and deletes by its buttons', async () => {
    expect(await press({ act: 'lose' })).toContain('Done.')
    expect((await seat()).authIsValid).toBe(false)
    await press({ act: 'mend' })
    expect((await seat()).authIsValid).toBe(true)
    expect(await press({ act: 'restrict' })).toContain('<td>restricted</td>')
    expect((await seat()).authIsValid).toBe(false)
    await press({ act: 'delete' })
    expect(await total()).toBe(123)
    expect(await press({ act: 'delete' })).toContain('There was nothing to do that to.')
    expect(await press({ act: 'explode' })).toContain('There was nothing to do that to.')
    expect(await press({ do: 'revoke' })).toContain('There was nothing to do that to.')
  })
})
