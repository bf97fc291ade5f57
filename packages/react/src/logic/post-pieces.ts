/** A text in pieces that are drawn apart: addresses, tags, names, and what does not fit. Pure. */
import { addressesIn } from './links.ts'

export interface Piece {
  from: number
  text: string
  kind: 'plain' | 'link' | 'tag' | 'name'
  /** Past what fits. */
  over: boolean
}

/** A tag or a name begins a word, and holds a letter. */
const WORDS = /(?<=^|[\s(])([#@])[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.-]*/gu

/** `fits`: so many characters; undefined: all. */
export function piecesOf(text: string, fits = text.length): Piece[] {
  const links = addressesIn(text).map(({ from, to }) => ({ from, to, kind: 'link' as const }))
  const words = [...text.matchAll(WORDS)].map(({ 0: word, index, 1: sign }) => ({
    from: index,
    to: index + word.replace(/[.-]+$/, '').length,
    kind: sign === '#' ? ('tag' as const) : ('name' as const),
  }))
  const apart = [...links, ...words.filter((word) => !links.some((link) => word.from < link.to && word.to > link.from))]
  const pieces: Piece[] = []
  let at = 0
  for (const one of apart.sort((a, b) => a.from - b.from)) {
    pieces.push(...cut(text, at, one.from, 'plain', fits), ...cut(text, one.from, one.to, one.kind, fits))
    at = one.to
  }
  return [...pieces, ...cut(text, at, text.length, 'plain', fits)]
}

function cut(text: string, from: number, to: number, kind: Piece['kind'], fits: number): Piece[] {
  const middle = Math.min(Math.max(fits, from), to)
  return [
    ...(from < middle ? [{ from, text: text.slice(from, middle), kind, over: false }] : []),
    ...(middle < to ? [{ from: middle, text: text.slice(middle, to), kind, over: true }] : []),
  ]
}
