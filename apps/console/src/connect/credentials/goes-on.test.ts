import { describe, expect, it } from 'vitest'
import { goesOn } from './goes-on.ts'

describe('where a finished sign-in leads', () => {
  it.each([
    ['/connect/return', true, true],
    ['/connect/return', false, false],
    ['/', false, false],
    ['/accounts/seats', false, false],
    ['/dashboard', false, true],
    ['https://shop.example/after', false, true],
    ['https://shop.example/', false, true],
  ])('%s, signed in %s: %s', (returnTo, signedIn, on) => expect(goesOn(returnTo, signedIn)).toBe(on))
})
