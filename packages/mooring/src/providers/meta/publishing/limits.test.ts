/** What Meta's headers tell of its limits. */
import { describe, expect, it } from 'vitest'
import { answer, NOW } from '../../publishing-testing.ts'
import { gram, page } from './as.fixture.ts'
import { publishing } from './index.ts'

const HOUR = 3_600_000
const usage = (headers: Record<string, string>) => publishing.usage?.(answer(200, {}, headers), 'POST /feed', NOW)
const app = (call_count: number, total_time = 0, total_cputime = 0) => ({
  'x-app-usage': JSON.stringify({ call_count, total_time, total_cputime }),
})
const business = (...cases: object[]) => ({ 'x-business-use-case-usage': JSON.stringify({ '61550': cases }) })
const of = (used: number, minutes = 0, type = 'pages') => ({
  type,
  call_count: used,
  total_cputime: 1,
  total_time: 2,
  estimated_time_to_regain_access: minutes,
})

describe('of the app', () => {
  it.each([
    [app(28, 25, 25), 72],
    [app(1, 99, 2), 1],
    [app(1, 2, 100), 0],
    [app(140), 0],
    [app(99.5), 0],
  ])('%j: the fullest counts', (headers, remaining) => {
    expect(usage(headers)).toEqual([
      { of: 'registration', everything: true, limit: 100, remaining, resetsAt: NOW + HOUR },
    ])
  })
})

describe('of the account', () => {
  it.each([
    [business(of(30)), 70, HOUR],
    [business(of(100, 12)), 0, 720_000],
    [business(of(100, 5), of(10, 0, 'instagram')), 0, 300_000],
    [business(of(10), of(100, 7, 'instagram')), 0, 420_000],
    [business(of(100, 5), of(100, 9, 'instagram')), 0, 540_000],
  ])('%j: the fullest holds back', (headers, remaining, wait) => {
    expect(usage(headers)).toEqual([{ of: 'account', everything: true, limit: 100, remaining, resetsAt: NOW + wait }])
  })

  it('of several objects', () => {
    const header = JSON.stringify({ '1': [of(20)], '2': [of(95)] })
    expect(usage({ 'x-business-use-case-usage': header })).toMatchObject([{ remaining: 5 }])
  })
})

it('what cannot be read tells nothing', () => {
  for (const header of ['', '{', '[]', 'null', '{"1":null}', '{"1":[{}]}', '{"1":"x"}', '7'])
    expect(usage({ 'x-app-usage': header, 'x-business-use-case-usage': header }), header).toEqual([])
  expect(usage({})).toEqual([])
})

it('published ones are counted ahead', () => {
  expect(publishing.quotas?.(gram())).toEqual([
    { of: 'account', endpoint: 'POST /media', limit: 400, window: 24 * HOUR },
  ])
  expect(publishing.quotas?.(page())).toMatchObject([{ endpoint: 'POST /video_reels finish', limit: 30 }])
})
