import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { plainCode, plainText } from './plain-text.ts'

const hash = (at: number) => createHash('sha512').update(String(at)).digest()

describe('sentences', () => {
  it.each([
    ['Scope &quot;a&quot; &amp; &#39;b&#x27; &lt;c&gt;', `Scope "a" & 'b' <c>`],
    ['&amp;quot;', '&quot;'],
    ['&unknown; &#1234;', '&unknown; &#1234;'],
    ['a\tb\r\nc\u0000d\u2028e\u202ef\u200bg', 'a b c d e f g'],
    ['  a  ', 'a'],
    ['\ud800a', 'a'],
    ['', ''],
  ])('%j becomes %j', (from, to) => {
    expect(plainText(from)).toBe(to)
  })

  it('are at most 300 characters, and not cut through a character', () => {
    expect(plainText('ab '.repeat(500))).toHaveLength(300)
    expect(plainText(`${'a '.repeat(149)}b🛥️`).isWellFormed()).toBe(true)
  })
})

describe('words that look long and are none of a token stay', () => {
  it.each([
    'r_organization_social_feed',
    'r_member_profileAnalytics',
    'unauthorized_scope_error',
    'REVOKED_ACCESS_TOKEN_65601',
    'crm.objects.contacts.read',
    'https://www.googleapis.com/auth/analytics.readonly',
    'https://login.microsoftonline.com/common',
    'appid/redirect uri/code verifier does not match authorization code.',
    'urn:li:organization:12345678901234567890',
    '2026-11-21T10:00:00Z',
  ])('%s', (text) => {
    expect(plainText(text)).toBe(text)
  })
})

describe('what is shaped like a token is left out', () => {
  it.each([
    ['a UUID', '6f18f21e-a743-4509-b7fd-1c5e632fffa1'],
    ['hex', hash(1).toString('hex')],
    ['short hex', hash(1).toString('hex').slice(0, 24)],
    ['a JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'],
    ['letters without a break', 'qwertyuiopasdfghjklzxcvbnm'],
  ])('%s', (_name, token) => {
    expect(plainText(`token ${token} is bad`)).toBe('token […] is bad')
    expect(plainText(`"${token}"`)).toBe('"[…]"')
  })

  it('2000 random tokens of 32 bytes, in three alphabets', () => {
    for (let at = 0; at < 2000; at++) {
      const bytes = hash(at).subarray(0, 32)
      for (const token of [bytes.toString('base64url'), bytes.toString('base64'), bytes.toString('hex')]) {
        expect(plainText(`bad ${token}!`), token).toBe('bad […]!')
        expect(plainCode(token)).toBeUndefined()
      }
    }
  })
})

describe('what we sent ourselves is left out, whatever its shape', () => {
  it('everywhere, also when the platform escaped it for HTML', () => {
    expect(plainText('code my secret code was used; my secret code!', ['my secret code'])).toBe(
      'code […] was used; […]!',
    )
    expect(plainText('was &lt;pass&amp;word&gt;', ['<pass&word>'])).toBe('was […]')
  })

  it('but not what is too short to be one', () => {
    expect(plainText('a bad code', ['a', undefined, 'bad'])).toBe('a bad code')
  })

  it('nor does it come through as the code', () => {
    expect(plainCode('secret-code-1', ['secret-code-1'])).toBeUndefined()
    expect(plainCode('secret-code-1')).toBe('secret-code-1')
  })
})

describe('codes', () => {
  it.each(['invalid_grant', 'OAuthException_190', 'BAD_REFRESH_TOKEN', 'AADSTS700016', 'a.b:c-d'])(
    '%s stays',
    (code) => {
      expect(plainCode(code)).toBe(code)
    },
  )

  it.each(['', 'a b', '<b>', 'é', 'x'.repeat(61), 12, null, undefined, {}])('%j is none', (code) => {
    expect(plainCode(code)).toBeUndefined()
  })
})
