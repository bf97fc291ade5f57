/** The port against the sandbox's HeyReach over HTTP. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Step } from '../../provider-credentials.ts'
import { login, service } from '../seat-testing.ts'
import { heyreach } from './index.ts'

const s = service(heyreach, 'heyreach')
const port = heyreach.credentials as Required<typeof heyreach.credentials>
const ON = { ADD_SEATS: 'on' }
const steer = (heyreach: object) => s.sandbox.control.apply({ heyreach })
const on = () => s.on('heyreach', ON)
const begin = (who: string, password?: string, seat?: string) => port.begin(on(), login(who, password), seat)
const refused = (why: string) => expect.objectContaining({ is: 'refused', why })
const connected = { is: 'connected', seat: expect.stringMatching(/^\d+$/) }

function attemptOf(step: Step): string {
  if (step.is !== 'checkpoint') throw new Error(`no checkpoint but ${JSON.stringify(step)}`)
  return step.attempt
}
function seatOf(step: Step): string {
  if (step.is !== 'connected') throw new Error(`not connected but ${JSON.stringify(step)}`)
  return step.seat
}

describe('what certainly exists', () => {
  it('knows a key that opens it', async () => {
    expect(await port.checkKey(s.on())).toBeUndefined()
    expect(await port.checkKey(s.on('heyreach', {}, 'another'))).toEqual(refused('operator'))
  })

  it('lists all seats, over its pages', async () => {
    const all = await port.seats(s.on())
    if (!Array.isArray(all)) throw new Error(`no list but ${JSON.stringify(all)}`)
    expect(new Set(all.map((one) => one.id)).size).toBe(124)
    expect(all.some((one) => !one.valid)).toBe(true)
    expect(all.every((one) => one.label !== '' && !one.label.includes('null'))).toBe(true)
    expect(await port.seats(s.on('heyreach', {}, 'another'))).toEqual(refused('operator'))
  })

  it.each([404, 400])('says how a seat stands, also where one that is not there is %d', async (unknownId) => {
    steer({ settings: { unknownId } })
    expect(await port.standing(s.on(), '71110')).toBe('ok')
    steer({ seat: { id: 71110, authIsValid: false } })
    expect(await port.standing(s.on(), '71110')).toBe('ended')
    expect(await port.standing(s.on(), '1')).toBe('gone')
    expect(await port.standing(s.on(), 'nobody')).toBe('gone')
  })

  it('says whose it is, and what an ordinary test makes of it', async () => {
    const identity = await heyreach.identity(s.api('71113'))
    expect(identity).toEqual({ subject: '71113', label: 'Bruno Adeyemi', email: 'bruno.adeyemi@clients.example' })
    expect(await heyreach.accounts(s.api('71113'), identity)).toEqual([
      { kind: 'seat', subject: '71113', label: 'Bruno Adeyemi' },
    ])
    // Without a name.
    expect((await heyreach.identity(s.api('71110'))).label).toBe('aiko.adeyemi@clients.example')
    await expect(heyreach.identity(s.api('71113', 'heyreach', {}, 'another'))).rejects.toMatchObject({
      code: 'misconfigured',
    })
    await expect(heyreach.identity(s.api('1'))).rejects.toMatchObject({ code: 'reauthorize' })
    steer({ seat: { id: 71113, authIsValid: false } })
    await expect(heyreach.identity(s.api('71113'))).rejects.toMatchObject({
      code: 'reauthorize',
      message: 'The LinkedIn session at HeyReach ended. Reconnect to go on.',
    })
  })

  it('is limited', async () => {
    steer({ settings: { retryAfter: 'sent' } })
    s.sandbox.control.apply({ clock: { freeze: true } })
    let last: unknown
    for (let call = 0; call <= 300 && last === undefined; call += 1) last = await port.checkKey(s.on())
    expect(last).toMatchObject({ why: 'limited', retryAfter: expect.any(Number) })
  })

  it('adds and removes none', async () => {
    expect(await port.begin(s.on(), login('ada'), undefined)).toEqual(refused('unsolvable'))
    expect(await port.remove(s.on(), '71110')).toBeUndefined()
    expect(await port.standing(s.on(), '71110')).toBe('ok')
    // Switched on here, and not there: the operator's matter.
    expect(await begin('ada')).toEqual(refused('operator'))
  })
})

describe.each(['200', '4xx'])('what is assumed, its refusals with %s', (refusal) => {
  const solve = (attempt: string, code = '123456') => port.solve(on(), attempt, code)
  beforeEach(() => steer({ settings: { senders: 'assumed', refusal, slowMs: 0 } }))

  it.each(['ada', 'slow'])('connects %s', async (who) => {
    expect(await port.standing(on(), seatOf(await begin(who)))).toBe('ok')
  })

  it.each([
    ['sms', { type: 'code', by: 'sms' }],
    ['otp', { type: 'code', by: 'email' }],
    ['app', { type: 'code', by: 'authenticator' }],
  ])('asks %s for a code, tells a wrong one, and connects with the right one', async (who, checkpoint) => {
    const step = await begin(who)
    expect(step).toMatchObject({ is: 'checkpoint', checkpoint })
    expect(await solve(attemptOf(step), '000000')).toEqual(refused('code'))
    expect(await solve(attemptOf(step))).toEqual(connected)
  })

  it('asks twice', async () => {
    const second = await solve(attemptOf(await begin('twice')))
    expect(second).toMatchObject({ is: 'checkpoint', checkpoint: { by: 'authenticator' } })
    expect(await solve(attemptOf(second))).toEqual(connected)
  })

  it('waits for an approval', async () => {
    const attempt = attemptOf(await begin('approve'))
    expect(await port.poll(on(), attempt)).toEqual({ is: 'waiting' })
    s.sandbox.control.advance(10)
    expect(await port.poll(on(), attempt)).toEqual({ is: 'connected', seat: attempt })
  })

  it.each([
    ['locked', 'locked'],
    ['captcha', 'unsolvable'],
    ['limited', 'limited'],
    ['down', 'unavailable'],
    ['nobody', 'credentials'],
  ])('refuses %s: %s', async (who, why) => {
    const no = await begin(who)
    expect(no).toEqual(refused(why))
    if (why === 'limited') expect(no).toMatchObject({ retryAfter: 120 })
  })

  it('refuses a wrong password, and repeats none of it', async () => {
    const no = await begin('ada', 'hunter2')
    expect(no).toEqual(refused('credentials'))
    expect(JSON.stringify(no)).not.toMatch(/hunter2|ada@/)
  })

  it('is over for who waits too long', async () => {
    const attempt = attemptOf(await begin('sms'))
    s.sandbox.control.advance(301)
    expect(await solve(attempt)).toEqual(refused('expired'))
    expect(await port.poll(on(), attempt)).toEqual(refused('expired'))
    expect(await solve('1')).toEqual(refused('expired'))
    expect(await solve(attemptOf(await begin('dies')))).toEqual(refused('unavailable'))
  })

  it('signs in anew, and only the same person', async () => {
    const seat = seatOf(await begin('ada'))
    steer({ seat: { id: Number(seat), authIsValid: false } })
    expect(await port.standing(on(), seat)).toBe('ended')
    expect(await begin('slow', undefined, seat)).toEqual(refused('other_person'))
    expect(await begin('ada', undefined, seat)).toEqual({ is: 'connected', seat })
    expect(await port.standing(on(), seat)).toBe('ok')
  })

  it('removes a seat', async () => {
    const seat = seatOf(await begin('ada'))
    expect(await port.remove(on(), seat)).toBeUndefined()
    expect(await port.remove(on(), seat)).toEqual(refused('gone'))
    expect(await port.standing(on(), seat)).toBe('gone')
  })

  it('describes who it is', async () => {
    const api = s.api(seatOf(await begin('ada')), 'heyreach', ON)
    expect(await heyreach.accounts(api, await heyreach.identity(api))).toMatchObject([
      {
        label: 'Ada Moreau',
        handle: 'ada-moreau',
        note: 'Head of Partnerships at Northwind Studio · 1,204 connections',
      },
    ])
    steer({ settings: { senders: 'absent' } })
    expect((await heyreach.accounts(api, await heyreach.identity(api)))[0]?.note).toBeUndefined()
  })
})
