import { describe, expect, it } from 'vitest'
import { isRasterType, rasterType } from './raster.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

describe('what kind of picture bytes are', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n....', 'image/png'],
    ['\xff\xd8\xff\xe0....', 'image/jpeg'],
    ['GIF87a..', 'image/gif'],
    ['GIF89a..', 'image/gif'],
    ['RIFF\x10\x00\x00\x00WEBPVP8 ', 'image/webp'],
    ['\x00\x00\x00\x1cftypavif', 'image/avif'],
  ])('%j', (text, type) => expect(rasterType(bytes(text))).toBe(type))

  it.each([
    '',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<?xml version="1.0"?><svg/>',
    '<!doctype html><script>1</script>',
    'GIF88a',
    ' \x89PNG\r\n\x1a\n',
    'RIFF\x10\x00\x00\x00WAVEfmt ',
    '\x00\x00\x00\x1cftypmp42',
    '%PDF-1.7',
    'BM....',
  ])('none: %j', (text) => expect(rasterType(bytes(text))).toBeUndefined())
})

it.each([
  ['image/png', true],
  ['IMAGE/JPEG; q=1', true],
  ['image/jpg', true],
  ['image/svg+xml', false],
  ['image/pngx', false],
  ['text/html', false],
  ['application/octet-stream', false],
  ['', false],
  [null, false],
])('%j is the type of a raster image: %s', (type, yes) => expect(isRasterType(type)).toBe(yes))
