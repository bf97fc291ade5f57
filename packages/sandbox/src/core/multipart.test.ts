import { describe, expect, it } from 'vitest'
import { multipart } from './multipart.ts'

describe('parts of a form', () => {
  it('as fetch writes them: texts, and files of any bytes', async () => {
    const bytes = new Uint8Array([0, 13, 10, 45, 45, 255, 13, 10, 0])
    const form = new FormData()
    form.append('segment_index', '3')
    form.append('media', new Blob([bytes]), 'piece.bin')
    form.append('name', 'wört')
    const written = new Response(form)
    const body = new Uint8Array(await written.arrayBuffer())
    const parts = multipart(written.headers.get('content-type') ?? '', body) ?? []
    expect(parts.map(({ name, filename }) => [name, filename])).toEqual([
      ['segment_index', undefined],
      ['media', 'piece.bin'],
      ['name', undefined],
    ])
    expect(parts.map(({ bytes: found }) => found)).toEqual([Buffer.from('3'), Buffer.from(bytes), Buffer.from('wört')])
  })

  it('none at all', () => expect(multipart('multipart/form-data; boundary=b', Buffer.from('--b--'))).toEqual([]))

  it.each([
    ['no boundary', 'multipart/form-data', '--b--'],
    ['no end', 'multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx'],
    ['a part without a head', 'multipart/form-data; boundary=b', '--b\r\nx\r\n--b--\r\n\r\n'],
  ])('%s: not whole', (_, type, body) => expect(multipart(type, Buffer.from(body))).toBeUndefined())
})
