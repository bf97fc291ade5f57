import { describe, expect, it } from 'vitest'
import { judgeVersion } from './version.ts'

const at = (iso: string) => Date.parse(iso)
const kinds = (now: number) =>
  Object.fromEntries(
    ['202507', '202510', '202511', '202512', '202601', '202607', '202608', '202609', '202610'].map((v) => [
      v,
      judgeVersion(v, now, {}).kind,
    ]),
  )

describe('the table of versions', () => {
  it('on 2026-11-21: 202601 to 202609 live, everything up to 202511 dead for five days', () => {
    expect(kinds(at('2026-11-21T12:00:00Z'))).toEqual({
      '202507': 'inactive',
      '202510': 'inactive',
      '202511': 'inactive',
      '202512': 'inactive',
      '202601': 'active',
      '202607': 'active',
      '202608': 'active',
      '202609': 'active',
      '202610': 'inactive',
    })
  })

  it.each([
    ['202507', '2026-07-15'],
    ['202508', '2026-08-17'],
    ['202509', '2026-09-15'],
    ['202510', '2026-10-15'],
    ['202511', '2026-11-16'],
    ['202601', '2027-01-15'],
    ['202602', '2027-02-15'],
    ['202603', '2027-03-16'],
    ['202604', '2027-04-15'],
    ['202605', '2027-05-15'],
    ['202606', '2027-06-15'],
    ['202607', '2027-07-15'],
  ])('%s ends on %s', (version, day) => {
    expect(judgeVersion(version, at(`${day}T00:00:00Z`) - 1, {}).kind).toBe('active')
    expect(judgeVersion(version, at(`${day}T00:00:00Z`), {}).kind).toBe('inactive')
  })

  it('no version lives before its month', () => {
    expect(judgeVersion('202609', at('2026-08-31T23:59:59Z'), {}).kind).toBe('inactive')
    expect(judgeVersion('202609', at('2026-09-01T00:00:00Z'), {}).kind).toBe('active')
  })

  it('can be told of later ones, and of an earlier end', () => {
    const more = { '202610': '2027-10-15', '202609': '2026-11-01' }
    const now = at('2026-11-21T00:00:00Z')
    expect(judgeVersion('202610', now, more).kind).toBe('active')
    expect(judgeVersion('202609', now, more).kind).toBe('inactive')
  })

  it.each(['constructor', '__proto__', 'toString', '2026091', '20260'])('%s is no version', (version) => {
    expect(judgeVersion(version, at('2026-11-21'), {}).kind).toBe('inactive')
  })

  it('shows a month with 01 behind it, other text as it is', () => {
    expect(judgeVersion('202504', 0, {})).toEqual({ kind: 'inactive', shown: '20250401' })
    expect(judgeVersion('next', 0, {})).toEqual({ kind: 'inactive', shown: 'next' })
    expect(judgeVersion(null, 0, {})).toEqual({ kind: 'missing' })
  })
})
