import { describe, expect, it } from 'vitest'
import type { ApiAnswer, Provider, Verdict } from '../provider.ts'
import { linkedin } from '../providers/linkedin/index.ts'
import { apiFault, isOk, retryAfterSeconds } from './api-fault.ts'

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
    expect(apiFault(judged(verdict), answer(418), [])).toMatchObject({ code, message, detail: 'linkedin answered 418' })
  })

  it("gives the operator the platform's own code and never its body", () => {
    const fault = apiFault(linkedin, answer(403, { code: 'ACCESS_DENIED', message: 'secret-ish words' }), [])
    expect(fault).toMatchObject({ providerCode: 'ACCESS_DENIED', detail: 'linkedin answered 403 ACCESS_DENIED' })
    expect(JSON.stringify(fault)).not.toContain('secret-ish')
    expect(apiFault(linkedin, answer(500, { code: 'x'.repeat(5000) }), []).providerCode).toBeUndefined()
    expect(apiFault(linkedin, answer(500, { code: 'AQsecret' }), ['AQsecret']).providerCode).toBeUndefined()
  })

  it('passes the wait on that the platform asks for', () => {
    expect(apiFault(judged('rate_limited'), answer(429, {}, { 'retry-after': '120' }), []).retryAfter).toBe(120)
    expect(apiFault(judged('rate_limited'), answer(429), []).retryAfter).toBeUndefined()
  })
})

describe('retryAfterSeconds', () => {
  it('reads seconds, bounded to a day, and nothing else', () => {
    expect(
      [null, '0', '90', '999999', '9999999', '-5', '1.5', 'Wed, 21 Oct 2026 07:28:00 GMT', ''].map(retryAfterSeconds),
    ).toEqual([undefined, 0, 90, 86_400, undefined, undefined, undefined, undefined, undefined])
  })
})
