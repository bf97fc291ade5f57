/** What `forecast` and `alerts` print. The commands themselves run in ../standing.test.ts. */
import { describe, expect, it } from 'vitest'
import { alertsText, timeline } from './forecast.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const ends = (days: number, label: string) => ({
  at: new Date(NOW + days * 86_400_000).toISOString(),
  who: 'person',
  message: `${label} must reconnect.`,
  registration: 'linkedin',
  connection: { id: label, label, state: 'connected' },
})
const counts = { now: 1, in7: 2, in30: 3, in90: 4 }
const HEAD = 'Connections that need a person: 1 now, 2 within 7 days, 3 within 30, 4 within 90.'

describe('the forecast', () => {
  it('is a table under the spans in which something ends', () => {
    const operators = { ...ends(45, ''), who: 'operator', message: 'An API version ends.', connection: null }
    const data = [ends(-1, 'Ada'), ends(7, 'Bo'), ends(29, 'Cy'), operators, ends(200, 'Di')]
    expect(timeline({ data, counts, more: true }, 366, NOW).split('\n')).toEqual([
      HEAD,
      '',
      '  WHEN                     WHO       PROVIDER  AS   WHAT',
      '',
      'Now',
      '  2026-11-20, 1 day ago    person    linkedin  Ada  Ada must reconnect.',
      '',
      'Within 7 days',
      '  2026-11-28, in 7 days    person    linkedin  Bo   Bo must reconnect.',
      '',
      'Within 30 days',
      '  2026-12-20, in 29 days   person    linkedin  Cy   Cy must reconnect.',
      '',
      'Within 90 days',
      '  2027-01-05, in 45 days   operator  linkedin       An API version ends.',
      '',
      'Later',
      '  2027-06-09, in 200 days  person    linkedin  Di   Di must reconnect.',
      '',
      'More connections end than are listed.',
    ])
  })

  it('of nothing says so', () => {
    const none = { data: [], counts: { now: 0, in7: 0, in30: 0, in90: 0 }, more: false }
    expect(timeline(none, 1, NOW)).toMatch(/\n\nNothing ends within 1 day\.$/)
    expect(timeline(none, 90, NOW)).toMatch(/\n\nNothing ends within 90 days\.$/)
  })
})

describe('alerts', () => {
  it('say what is refused, why, since when and when it is tried again', () => {
    const alert = {
      registration: 'linkedin',
      code: 'misconfigured',
      message: 'LinkedIn refuses the app "LinkedIn" of this server.',
      operatorDetail: '401 invalid_client \u001b[2J',
      providerCode: 'invalid_client',
      since: '2026-11-21T11:00:00.000Z',
      lastAt: '2026-11-21T11:30:00.000Z',
      times: 3,
      nextTryAt: '2026-11-21T12:10:00.000Z',
    }
    expect(alertsText([alert], NOW).split('\n')).toEqual([
      'linkedin: LinkedIn refuses the app "LinkedIn" of this server.',
      '  code      misconfigured, invalid_client',
      '  detail    401 invalid_client \ufffd[2J',
      '  since     2026-11-21 11:00:00 UTC, refused 3 times, last 2026-11-21 11:30:00',
      '  next try  in 10 min; at once after a restart, or with `npx mooring refresh <connection>`',
      '  Nothing is renewed there until it is mended, and nobody is asked to reconnect for it.',
    ])
    expect(alertsText([], NOW)).toBe('Nothing is to be mended.')
  })
})
