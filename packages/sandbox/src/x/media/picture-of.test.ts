import { expect, it } from 'vitest'
import { samplePng } from '../../core/samples.ts'
import { pictureOf } from './picture-of.ts'
import { sampleWebp } from './webp-testing.ts'

it.each(['VP8X', 'VP8 ', 'VP8L'] as const)('WebP by its %s', (kind) => {
  const bytes = sampleWebp(kind, 640, 481)
  expect(pictureOf(bytes)).toEqual({ type: 'image/webp', width: 640, height: 481, frames: 1 })
  expect(pictureOf(bytes.subarray(0, -1))).toBeUndefined()
})

it('the others as ever, and nothing else', () => {
  expect(pictureOf(samplePng(4, 5))).toMatchObject({ type: 'image/png', width: 4, height: 5 })
  expect(pictureOf(sampleWebp('VP9 ', 1, 1))).toBeUndefined()
  expect(pictureOf(Buffer.from('hello'))).toBeUndefined()
})
