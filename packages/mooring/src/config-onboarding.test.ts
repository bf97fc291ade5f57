import { describe, expect, it } from 'vitest'
import { readOnboarding } from './config-onboarding.ts'
import type { Fault } from './config-registration.ts'
import { providers } from './providers/index.ts'

function read(value: unknown) {
  const faults: Fault[] = []
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const steps = readOnboarding(value === undefined ? {} : { MOORING_ONBOARDING: text }, providers, faults)
  return { steps, faults }
}
const HOST = {
  id: 'host-plan',
  title: 'Choose a plan',
  text: 'It takes a minute.',
  href: 'https://app.example.com/plan',
}

describe('the first steps', () => {
  it('are three without a word of the operator’s, and LinkedIn is connected', () => {
    const { steps, faults } = read(undefined)
    expect(faults).toEqual([])
    expect(steps.map(({ id, kind, title, providers: of }) => [id, kind, title, of])).toEqual([
      ['business', 'business', 'Your business', []],
      ['connect', 'connect', 'Connect LinkedIn', ['linkedin']],
      ['webhook', 'webhook', 'Hear what happens', []],
    ])
  })

  it('come in the order, number and words that are set', () => {
    const { steps, faults } = read([
      HOST,
      { id: 'connect-crm', providers: ['hubspot'], title: 'Your CRM', text: 'Where your customers are.' },
      { id: 'connect', providers: ['linkedin', 'x'] },
      'business',
    ])
    expect(faults).toEqual([])
    expect(steps).toEqual([
      { ...HOST, kind: 'host', providers: [] },
      {
        id: 'connect-crm',
        kind: 'connect',
        title: 'Your CRM',
        text: 'Where your customers are.',
        href: null,
        providers: ['hubspot'],
      },
      expect.objectContaining({ id: 'connect', title: 'Connect LinkedIn or X', providers: ['linkedin', 'x'] }),
      expect.objectContaining({ id: 'business', kind: 'business' }),
    ])
  })

  it('may be none', () => expect(read([])).toEqual({ steps: [], faults: [] }))

  it.each<[unknown, RegExp]>([
    ['CANARY', /is not JSON/],
    [{ id: 'business' }, /is not a list/],
    [Array(13).fill('business'), /more than 12/],
    [['business', 'CANARY'], /cannot be used \(number 2\)/],
    [['business', 'business'], /twice/],
    [[{ id: 'connect', providers: ['CANARY'] }], /provider that there is not/],
    [[{ id: 'connect', providers: [] }], /number 1/],
    [[{ id: 'business', CANARY: true }], /number 1/],
    [[{ ...HOST, id: 'CANARY' }], /number 1/],
    [[{ ...HOST, title: '' }], /number 1/],
    ...['javascript:alert(1)', 'http://CANARY.example', '//CANARY.example', '/\\CANARY.example', 'CANARY'].map(
      (href): [unknown, RegExp] => [[{ ...HOST, href }], /number 1/],
    ),
  ])('%j is told, and not repeated', (value, told) => {
    const { steps, faults } = read(value)
    expect(steps).toEqual([])
    expect(faults).toHaveLength(1)
    expect(faults[0]?.problem).toMatch(told)
    expect(JSON.stringify(faults)).not.toContain('CANARY')
    expect(faults[0]?.mend).toMatch(/^(Use|Give) /)
  })

  it('of a host lead below this server, to https, or to this machine', () => {
    for (const href of ['/settings', 'https://app.example.com', 'http://localhost:3000/x'])
      expect(read([{ ...HOST, href }]).faults, href).toEqual([])
  })
})
