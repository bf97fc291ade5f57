import { describe, expect, it } from 'vitest'
import { isMooringError } from '../error.ts'
import { checkReturnTo, DEFAULT_RETURN, returnUrl } from './return-to.ts'

const BASE = 'https://social.example.com'
const ALLOWED = ['https://app.example.com']
const check = (value: string | undefined) => checkReturnTo(value, ALLOWED, BASE)
const refused = (value: string) => {
  try {
    return check(value)
  } catch (error) {
    return isMooringError(error) ? error.code : 'another error'
  }
}

describe('checkReturnTo', () => {
  it("goes to the console's page where no address is named", () => {
    expect(check(undefined)).toBe(DEFAULT_RETURN)
  })

  it.each([
    ['/settings', '/settings'],
    ['/settings?tab=accounts#top', '/settings?tab=accounts#top'],
    ['/', '/'],
    ['/a/../b', '/b'],
    ['https://social.example.com/x', 'https://social.example.com/x'],
    ['https://app.example.com/back?user=1', 'https://app.example.com/back?user=1'],
    ['https://APP.example.com/back', 'https://app.example.com/back'],
    ['https://app.example.com:443/back', 'https://app.example.com/back'],
    ['/%2F%2Fevil.example', '/%2F%2Fevil.example'],
  ])('takes %s', (value, stored) => {
    expect(check(value)).toBe(stored)
  })

  it.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    'https:\\\\evil.example',
    '/\t/evil.example',
    '\t//evil.example',
    ' https://app.example.com',
    '/a\nb',
    '/\u0000',
    'https://evil.example',
    'http://app.example.com',
    'https://app.example.com:8443/',
    'https://app.example.com.evil.example/',
    'https://app.example.com@evil.example/',
    'https://user:pw@app.example.com/',
    'javascript:alert(1)',
    'data:text/html,x',
    'settings',
    '',
    'https://',
    'ftp://app.example.com/',
  ])('refuses %j', (value) => {
    expect(refused(value)).toBe('return_to_refused')
  })

  it('says to the operator what to set', () => {
    expect(() => check('https://evil.example')).toThrow(
      expect.objectContaining({ detail: expect.stringContaining('MOORING_RETURN_ORIGINS') }),
    )
  })
})

describe('returnUrl', () => {
  it('adds what happened to the query and keeps what is there', () => {
    expect(returnUrl('/settings?tab=a#top', BASE, { flow: 'f', error: undefined, message: 'a & b' })).toBe(
      'https://social.example.com/settings?tab=a&flow=f&message=a+%26+b#top',
    )
    expect(returnUrl('https://app.example.com/x?flow=theirs', BASE, { flow: 'ours' })).toBe(
      'https://app.example.com/x?flow=ours',
    )
  })
})
