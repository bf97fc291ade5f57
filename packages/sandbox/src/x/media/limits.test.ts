import { describe, expect, it } from 'vitest'
import { fits, isTooLong, largest, longestMinutes } from './limits.ts'
import type { Media } from './media.ts'

const made = (change: Partial<Media>): Media => ({
  id: '1',
  key: '7_1',
  owner: 'mara',
  additionalOwners: [],
  category: 'tweet_video',
  type: 'video/mp4',
  size: 1,
  sha256: '',
  width: 1280,
  height: 720,
  durationMs: 10_000,
  framesPerSecond: 30,
  frames: null,
  expiresAt: 0,
  processing: null,
  failure: null,
  alt: null,
  ...change,
})
const gif = { category: 'tweet_gif', width: 100, height: 100, frames: 10 } as const

describe('what a post may have', () => {
  it.each([
    ['a plain video', {}, true],
    ['60 pictures a second', { framesPerSecond: 60.02 }, true],
    ['more', { framesPerSecond: 61 }, false],
    ['an upright one', { width: 720, height: 1280 }, true],
    ['1080p of a plain account', { width: 1920, height: 1080 }, false],
    ['too small', { width: 31, height: 31 }, false],
    ['three to one', { width: 960, height: 320 }, true],
    ['wider than three to one', { width: 963, height: 320 }, false],
    ['half a second', { durationMs: 500 }, true],
    ['less', { durationMs: 499 }, false],
    ['too many bytes', { size: 8 * 1024 ** 3 + 1 }, false],
    ['nobody knows what', { width: null, height: null, durationMs: null, framesPerSecond: null }, true],
    ['a GIF', gif, true],
    ['a GIF of 350 pictures', { ...gif, frames: 350 }, true],
    ['a longer GIF', { ...gif, frames: 351 }, false],
    ['a wide GIF', { ...gif, width: 1281 }, false],
    ['a high GIF', { ...gif, height: 1081 }, false],
    ['a GIF of too many pixels', { ...gif, width: 1280, height: 1080, frames: 218 }, false],
    ['a picture', { category: 'tweet_image', size: 5 * 1024 ** 2 }, true],
    ['a large picture', { category: 'tweet_image', size: 5 * 1024 ** 2 + 1 }, false],
  ] as const)('%s: %o', (_, change, isRight) => expect(fits(made(change), 'None')).toBe(isRight))

  it('more for those who pay', () => {
    for (const plan of ['Basic', 'Premium', 'PremiumPlus'] as const)
      expect(fits(made({ width: 1920, height: 1080 }), plan)).toBe(true)
    expect(fits(made({ width: 1921, height: 1080 }), 'Premium')).toBe(false)
    expect(fits(made({ size: 9 * 1024 ** 3 }), 'Basic')).toBe(false)
    expect(fits(made({ size: 9 * 1024 ** 3 }), 'Premium')).toBe(true)
    expect([largest('tweet_video', 'None'), largest('tweet_video', 'PremiumPlus')]).toEqual([2 ** 33, 2 ** 34])
    expect([longestMinutes('Basic'), longestMinutes('Premium')]).toEqual([20, 125])
  })

  it('is too long by the millisecond', () => {
    expect(isTooLong(made({ durationMs: 1_200_000 }), 'None')).toBe(false)
    expect(isTooLong(made({ durationMs: 1_200_001 }), 'None')).toBe(true)
    expect(isTooLong(made({ durationMs: 1_200_001 }), 'Premium')).toBe(false)
    expect(isTooLong(made({ durationMs: null }), 'None')).toBe(false)
  })
})
