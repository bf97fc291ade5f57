import { describe, expect, it } from 'vitest'
import { unipileKit } from '../testing.ts'

const k = unipileKit()

describe('a command', () => {
  it.each([
    { app: { registration: 'nobody', secretRefused: true } },
    { approve: {} },
    { seat: { status: 'OK' as const } },
    { remove: { person: 'ada' as const } },
    { restrict: { id: 'nobody' } },
    { tell: { message: 'OK' as const } },
  ])('that names what is not there is refused: %j', (command) => {
    expect(() => k.steer(command)).toThrow(/There is no app|No (approval|account) matches/)
  })

  it('that names an error or an endpoint which Unipile has not is refused', () => {
    expect(() => k.steer({ fail: { endpoint: 'unipile.connect', type: 'errors/bad_luck' } })).toThrow()
    expect(() => k.steer({ fail: { endpoint: 'unipile.connect', type: 'provider/timeout' } })).toThrow(/of its own/)
    expect(() => k.steer({ fail: { endpoint: 'unipile.nothing', type: 'errors/provider_error' } })).toThrow()
  })

  it('restricts a person before they come', async () => {
    k.steer({ restrict: { person: 'ada' } })
    expect((await k.connect('ada')).status).toBe(403)
  })

  it('throttles in Unipile’s words', async () => {
    k.on.sandbox.control.fault({ endpoint: 'unipile.accounts', kind: 'throttle' })
    expect((await k.v1('/accounts')).json.type).toBe('errors/too_many_requests')
  })

  it('shows neither keys nor links', async () => {
    await k.id('otp')
    const shown = JSON.stringify(k.shown())
    for (const key of [k.key(), k.key('unipile-v2')]) expect(shown).not.toContain(key)
  })
})

describe('the sandbox’s page', () => {
  it('says who can be connected', async () => {
    expect(await look()).toMatch(/unipile: who can be connected.*app@sandbox\.example, totp@sandbox\.example/s)
  })

  const look = async () => (await fetch(k.on.sandbox.url)).text()

  it('lists accounts and attempts, with what can be done to them', async () => {
    const id = await k.id('approve-or-code')
    expect(await look()).toMatch(/Anouk Peters.*IN_APP_VALIDATION, 300 s left.*Approve in the app/s)
    const go = (act: string) => fetch(`${k.on.sandbox.url}/__press`, form(act, id))
    await go('approve')
    expect(await look()).toMatch(/Anouk Peters.*approve-or-code@sandbox\.example, v1.*OK.*Session lost/s)
    await go('lose')
    expect(k.shown().seats[0]?.status).toBe('CREDENTIALS')
    await go('heal')
    await go('stop')
    expect(k.shown().seats[0]?.status).toBe('STOPPED')
    await go('restrict')
    expect(k.shown().restricted).toEqual(['approve-or-code'])
    await go('lift')
    expect(k.shown().restricted).toEqual([])
    await go('remove')
    expect(k.shown().seats).toEqual([])
  })

  const form = (act: string, id: string): RequestInit => ({
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ do: 'act', platform: 'unipile', act, id }),
  })
})
