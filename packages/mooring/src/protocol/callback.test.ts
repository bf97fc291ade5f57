import { describe, expect, it } from 'vitest'
import type { ErrorCode } from '../error.ts'
import { type CallbackGrant, judgeCallback, paramsOf } from './callback.ts'
import { faultOf, ORIGIN, post, printed, providerWith, startPlatform } from './testing.ts'
import { exchange } from './token.ts'

const STATE = 'b2x1c3RhdGUtb2YtdGhlLWZsb3ctMTIzNDU2Nzg5MA'
const { redirectErrors } = providerWith(post)
const judge = (
  query: string | Record<string, string>,
  more: { issRequired?: boolean; issuer?: string; expectedState?: string } = {},
) =>
  judgeCallback({
    params: new URLSearchParams(query),
    issuer: ORIGIN,
    expectedState: STATE,
    redirectErrors,
    providerName: 'Platform',
    ...more,
  })
const fault = (query: string | Record<string, string>, more = {}) => faultOf(() => judge(query, more))
const good = { code: 'c-1', state: STATE }

describe('a good callback', () => {
  it('opens the exchange, with its code', () => {
    expect(paramsOf(judge(good)).get('code')).toBe('c-1')
  })

  it('may hold parameters that nobody knows, even twice', () => {
    expect(() => judge(`code=c-1&state=${STATE}&session_state=x&utm=1&utm=2`)).not.toThrow()
  })

  it('shows nothing of itself', () => {
    expect(printed(judge({ code: 'canary-code', state: STATE }))).not.toContain('canary')
  })

  it('cannot be made by hand, by a copy or from raw parameters', async () => {
    const platform = await startPlatform()
    for (const forged of [{}, { ...judge(good) }, structuredClone(judge(good)), new URLSearchParams(good)]) {
      const where = {
        provider: providerWith(post),
        oauth: post,
        client: { clientId: 'a', clientSecret: 'b', redirectUri: 'c' },
      }
      const made = exchange(platform.runtime, { ...where, grant: forged as CallbackGrant })
      await expect(made).rejects.toThrow(TypeError)
    }
    expect(platform.asked).toEqual([])
    await platform.stop()
  })
})

describe('what the platform refused', () => {
  const cases: [string, ErrorCode, string][] = [
    ['user_cancelled', 'access_denied', 'You said no on Platform. Nothing was changed.'],
    [
      'bad_scope',
      'scope_not_granted',
      'We have to fix this, not you. Platform does not let this app ask for these permissions.',
    ],
    ['app_gone', 'misconfigured', "We have to fix this, not you. Platform refuses this server's app."],
    ['off', 'provider_unavailable', 'Platform had a fault. Please try again.'],
    ['never_heard_of', 'callback_invalid', 'Platform did not let this happen. Please try again.'],
    ['constructor', 'callback_invalid', 'Platform did not let this happen. Please try again.'],
    ['__proto__', 'callback_invalid', 'Platform did not let this happen. Please try again.'],
  ]
  it.each(cases)('%s: %s', async (error, code, message) => {
    expect(await fault({ error, state: STATE })).toMatchObject({
      code,
      message,
      providerCode: error,
      detail: undefined,
    })
  })

  it('is believed only with the flow’s state', async () => {
    expect((await fault({ error: 'user_cancelled' })).code).toBe('callback_invalid')
    expect((await fault({ error: 'user_cancelled', state: 'other' })).code).toBe('callback_invalid')
  })

  it('LinkedIn: the sentence is HTML-escaped inside the URL encoding, and is text for the operator', async () => {
    const query = `error=bad_scope&state=${STATE}&error_description=Scope+%26quot%3Br_organization_social_feed%26quot%3B+is+not+authorized+for+your+application`
    expect((await fault(query)).detail).toBe(
      'Platform: Scope "r_organization_social_feed" is not authorized for your application',
    )
  })

  it('the sentence is bounded, without control characters, and never markup to anybody', async () => {
    const { detail = '', message } = await fault({
      error: 'off',
      state: STATE,
      error_description: `a\r\nb\u0000c\u202ed<script>alert(1)</script>${' word'.repeat(200)}`,
    })
    expect(detail).toMatch(/^Platform: a b c d<script>alert\(1\)<\/script> word/)
    expect(detail.length).toBeLessThanOrEqual(310)
    expect(message).not.toContain('script')
  })

  it('a code that is no code is left out', async () => {
    const odd = await fault({ error: '<b>no</b>', state: STATE })
    expect(odd).toMatchObject({ code: 'callback_invalid', providerCode: undefined })
    expect((await fault({ error: 'x'.repeat(61), state: STATE })).providerCode).toBeUndefined()
  })

  it('#12 the state is not repeated, even where the platform repeats it', async () => {
    const refused = await fault({ error: 'off', state: STATE, error_description: `state ${STATE} was fine` })
    expect(printed(refused)).not.toContain(STATE)
    expect(refused.detail).toBe('Platform: state […] was fine')
    expect(printed(await fault({ error: STATE, state: STATE }))).not.toContain(STATE)
    const worded = 'a-state-of-words'
    const query = { error: 'off', state: worded, error_description: `state ${worded} was fine` }
    expect((await fault(query, { expectedState: worded })).detail).toBe('Platform: state […] was fine')
  })
})

describe('#4 the issuer (RFC 9207)', () => {
  it('#4 absent is fine where the platform is not known to send it', () => {
    expect(() => judge(good)).not.toThrow()
  })

  it('#4 right is fine', () => {
    expect(() => judge({ ...good, iss: ORIGIN }, { issRequired: true })).not.toThrow()
  })

  it.each([
    'https://attacker.example',
    `${ORIGIN}/`,
    'HTTPS://PLATFORM.EXAMPLE',
    `${ORIGIN}.attacker.example`,
    '',
    'null',
  ])('#4 %j is refused, with a code and with an error', async (iss) => {
    expect((await fault({ ...good, iss })).code).toBe('issuer_mismatch')
    expect((await fault({ error: 'user_cancelled', state: STATE, iss })).code).toBe('issuer_mismatch')
  })

  it('#4 absent is refused where the platform is known to send it', async () => {
    expect(await fault(good, { issRequired: true })).toMatchObject({
      code: 'issuer_mismatch',
      detail: expect.stringContaining('iss is missing'),
    })
  })

  it('#4 tells the operator both values and the variable that mends it', async () => {
    const { detail } = await fault({ ...good, iss: 'https://login.platform-login-online.example/oauth' })
    expect(detail).toContain('https://login.platform-login-online.example/oauth')
    expect(detail).toContain(`expected ${ORIGIN}`)
    expect(detail).toContain('_ISSUER')
  })

  it('#4 the operator’s own issuer counts', () => {
    expect(() => judge({ ...good, iss: 'https://other.example' }, { issuer: 'https://other.example' })).not.toThrow()
  })
})

describe('what is no answer', () => {
  it.each([
    ['nothing', ''],
    ['no code', `state=${STATE}`],
    ['an empty code', `code=&state=${STATE}`],
    ['no state', 'code=c-1'],
    ['another state', 'code=c-1&state=other'],
    ['a state with something behind', `code=c-1&state=${STATE}x`],
    ['an empty state', 'code=c-1&state='],
    ['a code twice', `code=c-1&code=c-2&state=${STATE}`],
    ['the same code twice', `code=c-1&code=c-1&state=${STATE}`],
    ['a state twice', `code=c-1&state=${STATE}&state=${STATE}`],
    ['an iss twice', `code=c-1&state=${STATE}&iss=${ORIGIN}&iss=${ORIGIN}`],
    ['an error twice', `error=off&error=off&state=${STATE}`],
    ['a description twice', `error=off&error_description=a&error_description=b&state=${STATE}`],
    ['both a code and an error', `code=c-1&error=off&state=${STATE}`],
    ['a code and an empty error', `code=c-1&error=&state=${STATE}`],
    ['an empty error alone', `error=&state=${STATE}`],
    ['a JARM response', `response=eyJhbGciOiJub25lIn0.e30.&state=${STATE}`],
    ['a JARM response beside a code', `code=c-1&response=eyJhbGciOiJub25lIn0.e30.&state=${STATE}`],
    ['an implicit token', `code=c-1&token=x&state=${STATE}`],
    ['an id_token of a hybrid flow', `code=c-1&id_token=x&state=${STATE}`],
    ['parameter names in other letter case', `CODE=c-1&State=${STATE}`],
    ['PHP-style lists', `code[]=c-1&state=${STATE}`],
  ])('%s: callback_invalid', async (_name, query) => {
    const refused = await fault(query)
    expect(refused.code).toBe('callback_invalid')
    expect(refused.detail).toMatch(/^callback: /)
    expect(printed(refused)).not.toContain('c-1')
    expect(printed(refused)).not.toContain(STATE)
  })
})
