/** Whether a text that Meta gives back is the one that was sent, and when a post was made. */
import { text } from '../../../provider.ts'

/** Their clock and ours. */
export const SKEW_MS = 120_000

export function likeness(told: string | undefined, said: string): 'same' | 'alike' | 'other' {
  if (smooth(told ?? '') === smooth(said)) return 'same'
  return bare(said) !== '' && bare(told ?? '') === bare(said) ? 'alike' : 'other'
}

const smooth = (words: string): string => words.normalize('NFC').replace(/\s+/g, ' ').trim()
/** Letters and digits alone: what is left of a text where signs were changed. */
const bare = (words: string): string =>
  words
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase()

/** `2026-11-28T10:00:00+0000`, an offset without a colon; in ms since 1970. */
export function timeOf(post: unknown, field: string): number | undefined {
  const at = Date.parse((text(post, field) ?? '').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  return Number.isNaN(at) ? undefined : at
}
