import { describe, expect, it } from 'vitest'
import { multipartFields } from './multipart.ts'

const read = (type: string, text: string) => multipartFields(type, new TextEncoder().encode(text))
const part = (head: string, value: string) => `--b\r\n${head}\r\n\r\n${value}\r\n`
const TYPE = 'multipart/form-data; boundary=b'

describe('fields of a multipart body', () => {
  it('are read in order, with what is in them', () => {
    const name = 'Content-Disposition: form-data; name='
    const body = `${part(`${name}"code"`, 'AQ--b x')}${part(`${name}"näme"`, 'wört\r\nline')}${part(`${name}"empty"`, '')}--b--\r\n`
    expect([...(read(TYPE, body) ?? [])]).toEqual([
      ['code', 'AQ--b x'],
      ['näme', 'wört\r\nline'],
      ['empty', ''],
    ])
  })

  it('as fetch writes them, with a file passed over', async () => {
    const form = new FormData()
    form.append('code', 'x')
    form.append('file', new Blob(['bytes']), 'a.txt')
    const response = new Response(form)
    const body = new Uint8Array(await response.arrayBuffer())
    const type = response.headers.get('content-type') ?? ''
    expect([...(multipartFields(type, body) ?? [])]).toEqual([['code', 'x']])
  })

  it.each([
    ['no boundary', 'multipart/form-data', '--b--'],
    ['no end', TYPE, part('Content-Disposition: form-data; name="a"', 'x')],
    ['a part without a name', TYPE, `${part('Content-Disposition: form-data', 'x')}--b--`],
    ['nothing of it', TYPE, 'hello'],
  ])('%s: not whole', (_name, type, body) => {
    expect(read(type, body)).toBeUndefined()
  })
})
