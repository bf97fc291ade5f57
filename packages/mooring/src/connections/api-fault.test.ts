import { describe, expect, it } from 'vitest'
import type { ApiAnswer, Provider, Verdict } from '../provider.ts'
import { linkedin } from '../providers/linkedin/index.ts'
import { apiFault, isOk, retryAfterSeconds } from './api-fault.ts'

const NOW = Date.UTC(2026, 10, 27)
const answer = (status: number, body: unknown = {}, headers: Record<string, string> = {}): ApiAnswer => ({
  status,
  headers: new Headers(headers),
  body,
})

describe('isOk', () => {
  it('is any 2xx, and no redirect', () => {
    expect([199, 200, 204, 299, 300, 302, 400].map((status) => isOk(answer(status)))).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })
})

describe('apiFault', () => {
  const judged = (verdict: Verdict): Provider => ({ ...linkedin, judgeApi: () => verdict })

  it.each([
    ['reauthorize', 'reauthorize', 'Access was removed on LinkedIn. Reconnect to go on.'],
    ['misconfigured', 'misconfigured', "We have to fix this, not you. LinkedIn refuses this server's app."],
    ['permission', 'permission', 'LinkedIn says that this permission is missing.'],
    ['rate_limited', 'provider_rate_limited', 'LinkedIn asked us to slow down.'],
    ['ours', 'provider_answer_invalid', 'LinkedIn did not understand the request.'],
    ['retry', 'provider_unavailable', 'LinkedIn is not answering.'],
  ] as const)('tells a person what %s means', (verdict, code, message) => {
    expect(apiFault(judged(verdict), answer(418), [], NOW)).toMatchObject({
      code,
      message,
      detail: 'linkedin answered 418',
    })
  })

  it("gives the operator the platform's own code and never its body", () => {
    const fault = apiFault(linkedin, answer(403, { code: 'ACCESS_DENIED', message: 'secret-ish words' }), [], NOW)
    expect(fault).toMatchObject({ providerCode: 'ACCESS_DENIED', detail: 'linkedin answered 403 ACCESS_DENIED' })
    expect(JSON.stringify(fault)).not.toContain('secret-ish')
    expect(apiFault(linkedin, answer(500, { code: 'x'.repeat(5000) }), [], NOW).providerCode).toBeUndefined()
    expect(apiFault(linkedin, answer(500, { code: 'AQsecret' }), ['AQsecret'], NOW).providerCode).toBeUndefined()
  })

  it('passes the wait on that the platform asks for', () => {
    expect(apiFault(judged('rate_limited'), answer(429, {}, { 'retry-after': '120' }), [], NOW).retryAfter).toBe(120)
    expect(apiFault(judged('rate_limited'), answer(429), [], NOW).retryAfter).toBeUndefined()
  })

  it('reckons the wait where the platform says until when, at least a second and at most a day', () => {
    const limited = (until: number | undefined): Provider => ({ ...judged('rate_limited'), limitedUntil: () => until })
    const wait = (until: number | undefined, headers = {}) =>
      apiFault(limited(until), answer(429, {}, headers), [], NOW).retryAfter
    expect([NOW + 90_500, NOW - 5000, NOW + 10 ** 12, undefined].map((until) => wait(until))).toEqual([
      91,
      1,
      86_400,
      undefined,
    ])
    expect(wait(NOW + 90_000, { 'retry-after': '7' })).toBe(7)
  })

  it('says it in the provider’s own words where it has some', () => {
    const worded = (verdict: Verdict): Provider => ({ ...judged(verdict), apiSentence: () => 'So it is.' })
    for (const verdict of ['reauthorize', 'misconfigured', 'permission', 'rate_limited', 'ours', 'retry'] as const)
      expect(apiFault(worded(verdict), answer(418), [], NOW).message).toBe('So it is.')
    const silent: Provider = { ...judged('permission'), apiSentence: () => undefined }
    expect(apiFault(silent, answer(403), [], NOW).message).toBe('LinkedIn says that this permission is missing.')
  })
})

describe('retryAfterSeconds', () => {
  it('reads seconds, bounded to a day, and nothing else', () => {
    expect(
      [null, '0', '90', '999999', '9999999', '-5', '1.5', 'Wed, 21 Oct 2026 07:28:00 GMT', ''].map(retryAfterSeconds),
    ).toEqual([undefined, 0, 90, 86_400, undefined, undefined, undefined, undefined, undefined])
  })
})
