import { expect, it } from 'vitest'
import { cardOf } from './use-link-card.ts'

const url = 'https://northwind.example/rye'
const text = `Fresh rye: ${url} and https://northwind.example/oats`

it('a card that was taken off stays off as the draft is opened again', () =>
  expect(cardOf({ text, media: [] })).toEqual({
    off: new Set([url, 'https://northwind.example/oats']),
    own: undefined,
  }))

it('one of the first address goes with it', () => expect(cardOf({ text, media: [], link: { url } }).own).toBe(url))

it('one that somebody chose stays', () =>
  expect(cardOf({ text, media: [], link: { url: 'https://northwind.example/else' } })).toEqual({
    off: new Set(),
    own: undefined,
  }))
