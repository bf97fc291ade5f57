import { expect, it } from 'vitest'
import { nameIn, noteOf } from './seats.ts'

it.each([
  ['Founder', 1834, 'Founder · 1,834 connections'],
  ['Founder', 1, 'Founder · 1 connection'],
  ['Founder', 0, 'Founder · 0 connections'],
  ['Founder', undefined, 'Founder'],
  [undefined, 500, '500 connections'],
  [undefined, undefined, undefined],
])('a headline %s with %s connections is %s', (headline, connections, note) => {
  expect(noteOf(headline, connections)).toBe(note)
})

it.each([
  [{ first: 'Ada', last: 'Moreau' }, 'Ada Moreau'],
  [{ first: 'Ada', last: null }, 'Ada'],
  [{ first: '', last: 'Moreau' }, 'Moreau'],
  [{ first: null }, undefined],
  [undefined, undefined],
])('%j is called %s', (body, name) => expect(nameIn(body, 'first', 'last')).toBe(name))
