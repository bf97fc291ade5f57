import { describe, expect, it } from 'vitest'
import { kit, reply } from '../kit.ts'
import { createFaults } from './faults.ts'
import { drawn, randomSchema } from './random-faults.ts'

const read = (rule: object) => randomSchema.parse({ seed: 7, rate: 0.3, endpoint: 'p.x', ...rule })
const slow = (ms: number) => ({ kind: 'slow', ms })

function taken(rule: object, n: number, endpoint = 'p.x', method = 'POST') {
  const faults = createFaults()
  faults.random.set([read(rule)])
  return Array.from({ length: n }, () => faults.take(endpoint, method))
}

describe('chance', () => {
  it('is the same at every run of one seed, and another for another', () => {
    expect(taken({}, 200)).toEqual(taken({}, 200))
    expect(taken({}, 200)).not.toEqual(taken({ seed: 8 }, 200))
  })
  it('keeps to its rate', () => {
    const share = (rate: number) => taken({ rate }, 2000).filter(Boolean).length / 2000
    expect(share(0)).toBe(0)
    expect(share(1)).toBe(1)
    expect(Math.abs(share(0.3) - 0.3)).toBeLessThan(0.05)
  })
  it('meets every kind, one that stands twice more often', () => {
    const met = taken({ rate: 1, kinds: [slow(1), slow(2), slow(2)] }, 900).map((one) => one?.kind === 'slow' && one.ms)
    expect(new Set(met)).toEqual(new Set([1, 2]))
    expect(met.filter((ms) => ms === 2).length).toBeGreaterThan(500)
  })
  it('does its worst unless told: refused and done, answered and cut off', () => {
    const met = taken({ rate: 1 }, 100).map((one) => one && `${one.kind} ${'when' in one ? one.when : ''}`)
    expect(new Set(met)).toEqual(new Set(['gateway before', 'gateway after', 'reset before', 'reset after']))
  })
  it('of one endpoint does not hang on calls of another', () => {
    const faults = createFaults()
    faults.random.set([read({ endpoint: 'p.*' })])
    const mixed = Array.from({ length: 50 }, () => {
      faults.take('p.y', 'POST')
      return faults.take('p.x', 'POST')
    })
    expect(mixed).toEqual(taken({}, 50))
  })
  it.each([
    ['p.x', 'POST', true],
    ['p.xy', 'POST', false],
    ['p.x', 'GET', false],
    ['q.z', 'POST', true],
  ])('at %s by %s: %s', (endpoint, method, yes) => {
    const rule = { rate: 1, endpoint: ['p.x', 'q.*'], method: 'post' }
    expect(taken(rule, 1, endpoint, method)[0] !== undefined).toBe(yes)
  })
  it('comes after what was told to happen', () => {
    const faults = createFaults()
    faults.random.set([read({ rate: 1 })])
    faults.add({ kind: 'truncate', endpoint: 'p.x', times: 1, skip: 0 })
    expect(faults.take('p.x', 'GET')?.kind).toBe('truncate')
    expect(faults.take('p.x', 'GET')?.kind).not.toBe('truncate')
  })
  it('counts what it saw and did', () => {
    const faults = createFaults()
    faults.random.set([read({ rate: 0.5, kinds: [slow(1), slow(2)] })])
    const hits = Array.from({ length: 100 }, () => faults.take('p.x', 'GET')).filter(Boolean).length
    const [{ calls, met } = { calls: 0, met: [] }] = faults.random.shown
    expect([calls, met.reduce((sum, one) => sum + one)]).toEqual([100, hits])
  })
  it('is drawn from 0 to below 1', () => {
    for (let n = 0; n < 500; n++)
      for (const one of drawn(1, 'p', n)) expect(one >= 0 && one < 1, String(one)).toBe(true)
  })
})

describe('told by control', () => {
  const k = kit({ only: ['linkedin'] })
  const discovery = () => fetch(k.www('/oauth/.well-known/openid-configuration')).then(reply)
  const random = (rule: object) => ({
    faults: { random: { seed: 1, rate: 1, endpoint: 'linkedin.discovery', ...rule } },
  })
  const steer = (command: object) => k.sandbox.control.apply(command as Parameters<typeof k.steer>[0])

  it('until told otherwise', async () => {
    steer(random({ kinds: [{ kind: 'gateway', status: 504 }] }))
    expect([(await discovery()).status, (await discovery()).status]).toEqual([504, 504])
    expect(k.sandbox.control.state().randomFaults).toMatchObject([{ calls: 2, met: [2] }])
    steer({ faults: { random: false } })
    expect((await discovery()).status).toBe(200)
  })

  it.each([{ clearFaults: true }, { reset: true }])('until %j', async (end) => {
    steer(random({}))
    steer(end)
    expect((await discovery()).status).toBe(200)
    expect(k.sandbox.control.state().randomFaults).toEqual([])
  })

  it('stands on the page, with the button that ends it', async () => {
    steer(random({ rate: 0.25 }))
    const page = await (await fetch(k.sandbox.url)).text()
    expect(page).toContain('25 % by chance')
    expect(page).toContain('Clear the faults')
  })

  it.each([
    [{ rate: 2 }],
    [{ kinds: [] }],
    [{ kinds: [{ kind: 'explode' }] }],
    [{ kinds: [{ kind: 'reset', endpoint: 'linkedin.me' }] }],
    [{ seed: 'x' }],
    [{ endpoint: 'linkedin.nothing' }],
    [{ endpoint: ['linkedin.me', 'linkdin.*'] }],
  ])('refuses %j', (rule) => expect(() => steer(random(rule))).toThrow())
})
