import { describe, expect, it } from 'vitest'
import { endOf, versionNotices as noticesOf } from '../../provider-versions.ts'
import { DEFAULT_VERSION, versions } from './versions.ts'

const sunsetOf = (version: string) => endOf(versions, version)
const versionNotices = (version: string, now: number) => noticesOf(versions, version, now)

const on = (date: string) => Date.parse(`${date}T00:00:00Z`)
const MEND = `Update Mooring, or set LINKEDIN_API_VERSION to a newer month (YYYYMM), ${DEFAULT_VERSION} or later.`

describe('the end of an API version', () => {
  it('is from the table where LinkedIn published it', () => {
    expect(sunsetOf('202511')).toEqual({ at: on('2026-11-16'), certain: true })
    expect(Object.keys(versions.ends)).not.toContain('202512')
  })

  it('is reckoned a year after the middle of its month where it did not', () => {
    expect(sunsetOf('202609')).toEqual({ at: on('2027-09-15'), certain: false })
    expect(sunsetOf('202612')).toEqual({ at: on('2027-12-15'), certain: false })
  })
})

describe('what the operator is told', () => {
  it.each([
    ['2026-11-15', 0],
    ['2026-11-16', 1],
  ])('on %s about 202601 is %d notices: from 60 days before its end', (date, notices) => {
    expect(versionNotices('202601', on(date))).toHaveLength(notices)
  })

  it('is a warning with the day, and how to mend it', () => {
    expect(versionNotices('202601', on('2026-12-31'))).toEqual([
      { level: 'warning', message: 'LinkedIn API version 202601 ends on 2027-01-15, in 15 days.', mend: MEND },
    ])
    expect(versionNotices('202609', on('2027-09-14'))[0]?.message).toBe(
      'LinkedIn API version 202609 ends about 2027-09-15, in 1 day.',
    )
  })

  it('is an error once it is over, and a warning where that is not certain', () => {
    expect(versionNotices('202511', on('2026-11-21'))).toEqual([
      {
        level: 'error',
        message: 'LinkedIn API version 202511 ended on 2026-11-16. Calls to pages are refused.',
        mend: MEND,
      },
    ])
    expect(versionNotices('202609', on('2027-10-01'))).toMatchObject([
      {
        level: 'warning',
        message: 'LinkedIn API version 202609 has probably ended (about 2027-09-15). Calls to pages are refused.',
      },
    ])
  })

  it('is nothing about the version that is set unless told', () => {
    expect(versionNotices(DEFAULT_VERSION, on('2026-11-21'))).toEqual([])
  })
})
