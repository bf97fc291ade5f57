/** The port against the sandbox's Unipile, both generations, over HTTP. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Step } from '../../provider-credentials.ts'
import { login, service } from '../seat-testing.ts'
import { unipile } from './index.ts'
import { V2_APP } from './port.ts'

const s = service(unipile, 'unipile')
const port = unipile.credentials as Required<typeof unipile.credentials>
const begin = (who: string, app?: string, seat?: string, password?: string) =>
  port.begin(s.on(app), login(who, password), seat)
const steer = (unipile: object) => s.sandbox.control.apply({ unipile })

function attemptOf(step: Step): string {
  if (step.is !== 'checkpoint') throw new Error(`no checkpoint but ${JSON.stringify(step)}`)
  return step.attempt
}
function seatOf(step: Step): string {
  if (step.is !== 'connected') throw new Error(`not connected but ${JSON.stringify(step)}`)
  return step.seat
}
const connected = { is: 'connected', seat: expect.any(String) }
const asks = (checkpoint: object) => ({ is: 'checkpoint', attempt: expect.any(String), checkpoint })
const refused = (why: string) => expect.objectContaining({ is: 'refused', why })

beforeEach(() => steer({ settings: { slowMs: 0 } }))

describe.each(['unipile', V2_APP])('%s', (app) => {
  const v1 = app === 'unipile'
  const solve = (attempt: string, code = '123456') => port.solve(s.on(app), attempt, code)

  it('knows a key that opens it', async () => {
    expect(await port.checkKey(s.on(app))).toBeUndefined()
    expect(await port.checkKey(s.on(app, {}, 'another'))).toEqual(refused('operator'))
    const other = s.sandbox.apps.find((one) => one.provider === 'unipile' && one.registration !== app)
    expect(await port.checkKey(s.on(app, {}, other?.clientSecret))).toEqual(refused('operator'))
  })

  it.each(['ada', 'slow'])('connects %s', async (who) => {
    const seat = seatOf(await begin(who, app))
    expect(await port.standing(s.on(app), seat)).toBe('ok')
  })

  it.each([
    ['sms', { type: 'code', by: 'sms' }],
    ['app', { type: 'code', by: 'authenticator' }],
    ['otp', { type: 'code', by: undefined, resend: v1 }],
  ])('asks %s for a code, tells a wrong one, and connects with the right one', async (who, checkpoint) => {
    const step = await begin(who, app)
    expect(step).toEqual(asks(checkpoint))
    expect(await solve(attemptOf(step), '000000')).toEqual(refused('code'))
    expect(await solve(attemptOf(step))).toEqual(connected)
  })

  it('asks once more', async () => {
    const phone = await begin('phone', app)
    expect(phone).toEqual(asks({ type: 'phone' }))
    const code = await solve(attemptOf(phone), '(+33)0612345678')
    expect(code).toEqual(asks({ type: 'code', by: undefined, resend: v1 }))
    expect(await solve(attemptOf(code))).toEqual(connected)
    const second = await solve(attemptOf(await begin('twice', app)))
    expect(second).toEqual(asks({ type: 'code', by: 'sms' }))
    expect(await solve(attemptOf(second))).toEqual(connected)
  })

  it.each(['listed', 'hidden'])('waits for an approval, with the account %s meanwhile', async (pending) => {
    steer({ settings: { pending } })
    const attempt = attemptOf(await begin('approve', app))
    expect(await port.poll(s.on(app), attempt)).toEqual({ is: 'waiting' })
    s.sandbox.control.advance(10)
    expect(await port.poll(s.on(app), attempt)).toEqual({ is: 'connected', seat: attempt })
  })

  it.each([
    ['locked', 'locked'],
    ['limited', 'limited'],
    ['down', 'unavailable'],
    ['nobody', 'credentials'],
  ])('refuses %s: %s', async (who, why) => {
    steer({ settings: { retryAfter: 120 } })
    const no = await begin(who, app)
    expect(no).toEqual(refused(why))
    if (why === 'limited') expect(no).toMatchObject({ retryAfter: 120 })
  })

  it('refuses a wrong password, and repeats none of it', async () => {
    const no = await begin('ada', app, undefined, 'hunter2')
    expect(no).toEqual(refused('credentials'))
    expect(JSON.stringify(no)).not.toMatch(/hunter2|ada@/)
  })

  it('asks for the service’s page where a captcha stands', async () => {
    expect(await begin('captcha', app)).toEqual(asks({ type: 'hosted' }))
  })

  it('has one attempt at a time', async () => {
    await begin('otp', app)
    expect(await begin('otp', app)).toEqual(refused('busy'))
  })

  it('is over for who waits too long or types wrong too often', async () => {
    const late = attemptOf(await begin('sms', app))
    s.sandbox.control.advance(301)
    expect(await solve(late)).toEqual(refused(v1 ? 'expired' : 'unavailable'))
    const dies = attemptOf(await begin('dies', app))
    expect(await solve(dies)).toEqual(refused(v1 ? 'expired' : 'unavailable'))
    steer({ settings: { unknownIntent: 'resource_not_found' } })
    expect(await solve('nobody')).toEqual(refused('expired'))
  })

  it('signs in anew, and only the same person', async () => {
    const seat = seatOf(await begin('ada', app))
    steer({ seat: { id: seat, status: 'CREDENTIALS' } })
    expect(await port.standing(s.on(app), seat)).toBe('ended')
    expect(await begin('slow', app, seat)).toEqual(refused('other_person'))
    expect(await begin('ada', app, seat)).toEqual({ is: 'connected', seat })
    expect(await port.standing(s.on(app), seat)).toBe('ok')
    expect(await begin('ada', app, 'nobody')).toEqual(refused('gone'))
  })

  it('ends', async () => {
    const seat = seatOf(await begin('ada', app))
    expect(await port.remove(s.on(app), seat)).toBeUndefined()
    expect(await port.remove(s.on(app), seat)).toEqual(refused('gone'))
    expect(await port.standing(s.on(app), seat)).toBe('gone')
  })

  it('says whose it is, and what an ordinary test makes of it', async () => {
    const seat = seatOf(await begin('ada', app))
    const on = s.api(seat, app)
    const identity = await unipile.identity(on)
    expect(identity).toMatchObject({ subject: expect.stringMatching(/^ACoAA/), label: 'Ada Moreau' })
    const note = v1 ? 'Founder at Northwind Studio · 1,834 connections' : undefined
    expect(await unipile.accounts(on, identity)).toEqual([
      expect.objectContaining({ kind: 'seat', subject: seat, label: 'Ada Moreau' }),
    ])
    expect((await unipile.accounts(on, identity))[0]?.note).toBe(note)
    await expect(unipile.identity(s.api(seat, app, {}, 'another'))).rejects.toMatchObject({ code: 'misconfigured' })
    steer({ seat: { id: seat, status: 'CREDENTIALS' } })
    await expect(unipile.identity(on)).rejects.toMatchObject({
      code: 'reauthorize',
      message: 'The LinkedIn session at Unipile ended. Reconnect to go on.',
    })
    steer({ remove: { id: seat } })
    await expect(unipile.identity(on)).rejects.toMatchObject({ code: 'reauthorize' })
  })

  it('has a page of its own for it', async () => {
    expect(port.ways({}, app)).toEqual({ password: true, existing: false, hosted: v1 })
    const wanted = { returnTo: 'https://app.example/back', notifyUrl: 'https://app.example/told', state: 'state-1' }
    const made = await port.hosted(s.on(app), { ...wanted, expiresAt: Date.now() + 600_000 })
    expect(made).toEqual({ url: expect.stringMatching(/^https:\/\/account\.unipile\.com\//) })
    const seat = seatOf(await begin('ada', app))
    const again = { ...wanted, seat, expiresAt: Date.now() + 600_000 }
    expect(await port.hosted(s.on(app), again)).toEqual({ url: expect.any(String) })
    expect(await port.hosted(s.on(app), { ...again, seat: 'nobody' })).toEqual(refused('gone'))
  })
})

describe('v1 alone', () => {
  it('sends a code again, and not too soon', async () => {
    const attempt = attemptOf(await begin('otp'))
    expect(await port.resend(s.on(), attempt)).toEqual(refused('too_soon'))
    s.sandbox.control.advance(30)
    expect(await port.resend(s.on(), attempt)).toBeUndefined()
    expect(await port.solve(s.on(), attempt, '654321')).toEqual(connected)
    expect(await port.resend(s.on(), attemptOf(await begin('sms')))).toEqual(refused('unsolvable'))
  })

  it('gives a code in place of an approval, where there is one', async () => {
    const step = await begin('approve-or-code')
    expect(step).toEqual(asks({ type: 'approval', anotherWay: true }))
    const code = await port.anotherWay(s.on(), attemptOf(step))
    expect(code).toEqual(asks({ type: 'code', by: undefined, resend: true }))
    expect(await port.solve(s.on(), attemptOf(code), '123456')).toEqual(connected)
    expect(await port.anotherWay(s.on(), attemptOf(await begin('approve')))).toEqual(refused('unsolvable'))
  })

  it.each([201, 202])('reads a checkpoint with %d', async (checkpointStatus) => {
    steer({ settings: { checkpointStatus } })
    expect((await begin('sms')).is).toBe('checkpoint')
  })

  it('is cancelled by a later attempt', async () => {
    steer({ settings: { secondIntent: 'cancels' } })
    const first = attemptOf(await begin('otp'))
    await begin('otp')
    expect(await port.solve(s.on(), first, '123456')).toEqual(refused('expired'))
  })

  it('stands as its worst source does, and is started again', async () => {
    const seat = seatOf(await begin('ada'))
    steer({ seat: { id: seat, source: 1, status: 'STOPPED' } })
    expect(await port.standing(s.on(), seat)).toBe('stopped')
    expect(await port.restart(s.on(), seat)).toBeUndefined()
    expect(await port.standing(s.on(), seat)).toBe('ok')
    steer({ seat: { id: seat, status: 'CREDENTIALS' } })
    expect(await port.restart(s.on(), seat)).toMatchObject({ why: 'unavailable', code: 'AccountFailedToRestart' })
  })

  it('is told to post where it stands once, with a secret', async () => {
    const url = 'https://app.example/told'
    const made = () => s.sandbox.control.requests('unipile.webhook-create')
    expect(await port.announce(s.on(), url, 'secret-1')).toBeUndefined()
    expect(await port.announce(s.on(), url, 'secret-1')).toBeUndefined()
    expect(made()).toBe(1)
    expect(await port.announce(s.on(), url, 'secret-2')).toBeUndefined()
    expect(made()).toBe(2)
  })

  it('posts it', async () => {
    const heard: { headers: IncomingHttpHeaders; body: unknown }[] = []
    const server = createServer(async (request, response) => {
      heard.push({ headers: request.headers, body: JSON.parse((await request.toArray()).join('')) })
      response.end()
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    onTestFinished(() => void server.close())
    const { port: at } = server.address() as AddressInfo
    await port.announce(s.on(), `http://127.0.0.1:${at}/told`, 'secret-1')
    const seat = seatOf(await begin('ada'))
    await vi.waitFor(() => expect(heard).not.toEqual([]), { timeout: 30_000 })
    expect(heard[0]?.headers).toMatchObject({ 'mooring-secret': 'secret-1', 'content-type': 'application/json' })
    expect(port.hostedSeat(heard[0]?.body)).toBe(seat)
  })

  it.each(['headline', 'occupation'])(
    'describes who it is by its %s, without a number where there is none',
    async (headline) => {
      steer({ settings: { headline, counts: 'absent' } })
      const on = s.api(seatOf(await begin('ada')))
      const [account] = await unipile.accounts(on, await unipile.identity(on))
      expect(account?.note).toBe('Founder at Northwind Studio')
      s.sandbox.control.apply({ unipile: { fail: { endpoint: 'unipile.user', type: 'errors/network_down' } } })
      expect((await unipile.accounts(on, await unipile.identity(on)))[0]?.note).toBe('Founder at Northwind Studio')
    },
  )
})

describe('v2 alone', () => {
  const on = () => s.on(V2_APP)

  it('takes a code or an approval', async () => {
    const step = await begin('approve-or-code', V2_APP)
    expect(step).toEqual(asks({ type: 'code_or_approval', by: undefined, resend: false }))
    expect(await port.solve(on(), attemptOf(step), '123456')).toEqual(connected)
  })

  it('has no second seat for a person', async () => {
    await begin('ada', V2_APP)
    expect(await begin('ada', V2_APP)).toMatchObject({ why: 'taken', code: 'api/already_exists' })
  })

  it('leaves what nobody has seen', async () => {
    const unsolvable = refused('unsolvable')
    expect(await port.resend(on(), 'a')).toEqual(unsolvable)
    expect(await port.anotherWay(on(), 'a')).toEqual(unsolvable)
    expect(await port.restart(on(), 'a')).toEqual(unsolvable)
    expect(await port.announce(on(), 'https://app.example/told', 's')).toEqual(unsolvable)
  })

  it.each(['errored', 'error'])('stops: %s', async (errored) => {
    steer({ settings: { errored } })
    const seat = seatOf(await begin('ada', V2_APP))
    steer({ seat: { id: seat, status: 'ERROR' } })
    expect(await port.standing(on(), seat)).toBe('stopped')
  })
})

it('throws when nobody answers', async () => {
  s.sandbox.control.apply({ outage: { platform: 'unipile', as: 'reset' } })
  await expect(begin('ada')).rejects.toMatchObject({ code: 'provider_unavailable' })
})
