/** Forms with files, read again by another's parser: the runtime's own. */
import { expect, it } from 'vitest'
import { multipart } from './multipart.ts'

const read = async (...parts: Parameters<typeof multipart>[0]) => {
  const { type, body } = multipart(parts, 'mooring-4f2c')
  return new Response(body, { headers: { 'content-type': type } }).formData()
}

it.each(['', 'a', 'é😀', 'two\nlines', 'a\r\nb', '\n', '--mooring-4f2', '&=%0A+"\''])(
  'keeps %j as it is',
  async (value) => {
    expect((await read({ name: 'message', value })).get('message')).toBe(value)
  },
)

it('keeps the bytes of a file, its name and its kind', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, value) => value)
  const file = (
    await read({ name: 'source', bytes, mime: 'image/png', fileName: 'my “boat”.png' }, { name: 'after', value: 'x' })
  ).get('source') as File
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes)
  expect([file.name, file.type]).toEqual(['my “boat”.png', 'image/png'])
})

it('lets no name break out of its line', async () => {
  const fileName = 'a"; name="admin"\r\nX-Evil: 1\r\n\r\n.png'
  const form = await read({ name: 'source', bytes: new Uint8Array([1]), mime: 'image/png', fileName })
  expect([...form.keys()]).toEqual(['source'])
})

it('keeps the order of the fields', async () => {
  const form = await read({ name: 'b', value: '1' }, { name: 'a', value: '2' }, { name: 'b', value: '3' })
  expect([...form.entries()]).toEqual([
    ['b', '1'],
    ['a', '2'],
    ['b', '3'],
  ])
})
