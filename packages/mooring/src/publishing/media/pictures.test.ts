/** Pictures made anew: looked at by sharp again, which reads what it wrote as any other reader would. */
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { Fit } from '../../provider-publishing.ts'
import { fittedTo, previewOf } from './pictures.ts'
import { moving, noise, plain, sourceIn } from './testing.ts'

const JPEG: Fit = { mime: 'image/jpeg', why: 'JPEG alone is taken.' }
const made = async (bytes: Buffer, fit: Fit) => {
  const one = await fittedTo(sourceIn(bytes), fit)
  const metadata = await sharp(one.bytes).metadata()
  expect([metadata.width, metadata.height]).toEqual([one.width, one.height])
  return { ...one, metadata }
}
const pixel = async (bytes: Uint8Array, left: number, top: number) => [
  ...(await sharp(bytes).extract({ left, top, width: 1, height: 1 }).removeAlpha().raw().toBuffer()),
]

describe('a picture in the form that a network takes', () => {
  it.each([
    ['PNG', () => plain(40, 20).png()],
    ['WebP', () => plain(40, 20).webp()],
    ['AVIF', () => plain(40, 20).avif()],
    ['GIF', () => plain(40, 20).gif()],
    ['GIF that moves', () => moving(40, 20, 3).gif()],
    ['JPEG', () => plain(40, 20).jpeg()],
  ])('is made of a %s', async (_, make) => {
    const bytes = await make().toBuffer()
    expect((await made(bytes, JPEG)).metadata).toMatchObject({ format: 'jpeg', width: 40, height: 20 })
    const png = await made(bytes, { ...JPEG, mime: 'image/png' })
    expect(png.metadata).toMatchObject({ format: 'png', width: 40, height: 20 })
    expect(png.mime).toBe('image/png')
  })

  it('stands upright, and tells nothing of the camera', async () => {
    const half = await plain(40, 20, '#00f')
      .composite([{ input: await plain(20, 20, '#f00').png().toBuffer(), left: 0, top: 0 }])
      .withExif({ IFD0: { Model: 'CANARY' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100 })
      .toBuffer()
    expect(half.includes('CANARY')).toBe(true)
    const { metadata, bytes } = await made(half, JPEG)
    expect(metadata).toMatchObject({ width: 20, height: 40 })
    expect([metadata.orientation, metadata.exif]).toEqual([undefined, undefined])
    expect(Buffer.from(bytes).includes('CANARY')).toBe(false)
    // What was left stands above, once it is turned.
    const [above, below] = [await pixel(bytes, 10, 2), await pixel(bytes, 10, 37)]
    expect(above[0]).toBeGreaterThan(200)
    expect(below[2]).toBeGreaterThan(200)
  })

  it('has white where one could look through', async () => {
    const clear = await sharp({ create: { width: 10, height: 10, channels: 4, background: '#0000' } })
      .png()
      .toBuffer()
    const { bytes } = await made(clear, JPEG)
    for (const part of await pixel(bytes, 5, 5)) expect(part).toBeGreaterThan(250)
    expect((await made(clear, { ...JPEG, mime: 'image/png' })).metadata.hasAlpha).toBe(true)
  })

  it.each([
    [{ maxWidth: 100 }, [100, 50]],
    [{ maxHeight: 20 }, [40, 20]],
    [{ maxWidth: 100, maxHeight: 20 }, [40, 20]],
    [{ maxWidth: 4000, maxHeight: 4000 }, [400, 200]],
  ])('fits into %j and keeps its shape', async (most, size) => {
    const { width, height } = await made(await plain(400, 200).png().toBuffer(), { ...JPEG, ...most })
    expect([width, height]).toEqual(size)
  })

  it('is made less exact before it is made smaller', async () => {
    const bytes = await noise(300, 300).png().toBuffer()
    const best = (await made(bytes, JPEG)).bytes.length
    const less = await made(bytes, { ...JPEG, maxBytes: Math.floor(best * 0.6) })
    expect(less.bytes.length).toBeLessThanOrEqual(Math.floor(best * 0.6))
    expect(less.width).toBe(300)
    const small = await made(bytes, { ...JPEG, maxBytes: Math.floor(best * 0.12) })
    expect(small.bytes.length).toBeLessThanOrEqual(Math.floor(best * 0.12))
    expect(small.width).toBeLessThan(300)
    const png = await made(bytes, { ...JPEG, mime: 'image/png', maxBytes: Math.floor(bytes.length * 0.4) })
    expect(png.bytes.length).toBeLessThanOrEqual(Math.floor(bytes.length * 0.4))
  })

  it('that cannot be made small enough is refused', async () => {
    const bytes = await noise(300, 300).png().toBuffer()
    await expect(fittedTo(sourceIn(bytes), { ...JPEG, maxBytes: 100 })).rejects.toMatchObject({ code: 'media_refused' })
  })
})

describe('a preview', () => {
  it.each([
    ['a large picture', () => plain(3000, 1000).jpeg(), [640, 213]],
    ['a small one', () => plain(30, 10).png(), [30, 10]],
    ['one that moves', () => moving(100, 50, 4).gif(), [100, 50]],
    ['one that lies on its side', () => plain(3000, 1000).withMetadata({ orientation: 6 }).jpeg(), [213, 640]],
  ])('of %s', async (_, make, size) => {
    const one = await previewOf(sourceIn(await make().toBuffer()))
    const metadata = await sharp(one?.bytes).metadata()
    expect([metadata.format, metadata.width, metadata.height]).toEqual(['webp', ...size])
    expect(one).toMatchObject({ mime: 'image/webp', width: size[0], height: size[1] })
  })
})
