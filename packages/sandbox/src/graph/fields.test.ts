import { describe, expect, it } from 'vitest'
import { parseFields } from './fields.ts'

describe('fields', () => {
  it.each(['', '  '])('nothing is no fields: "%s"', (text) => expect(parseFields(text)).toEqual([]))

  it('are a tree, with modifiers', () => {
    const plain = { modifiers: '', fields: [] }
    expect(parseFields('id, name,picture.type(large).width(10),owner{id,of{name}}')).toEqual([
      { name: 'id', ...plain },
      { name: 'name', ...plain },
      { name: 'picture', modifiers: '.type(large).width(10)', fields: [] },
      {
        name: 'owner',
        modifiers: '',
        fields: [
          { name: 'id', ...plain },
          { name: 'of', modifiers: '', fields: [{ name: 'name', ...plain }] },
        ],
      },
    ])
  })

  it.each([',', 'id,', 'id,,name', 'a{', 'a{}', 'a{b', 'a}', 'a b', 'a.b', '1a', 'a.type(large'])(
    '"%s" cannot be read',
    (text) => {
      expect(parseFields(text)).toBeUndefined()
    },
  )
})
