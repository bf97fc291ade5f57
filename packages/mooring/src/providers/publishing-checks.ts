/** What the checks of several publishers have in common: notes of what is wrong, lengths, sizes. Pure. */
import type { Counter, Issue, PostMedia } from '../provider-publishing.ts'

export interface Notes {
  issues: Issue[]
  counters: Counter[]
  error: (at: string, code: string, message: string) => void
  warn: (at: string, code: string, message: string) => void
}

export function takeNotes(): Notes {
  const issues: Issue[] = []
  const note = (severity: Issue['severity']) => (at: string, code: string, message: string) => {
    issues.push({ severity, code, message, at })
  }
  return { issues, counters: [], error: note('error'), warn: note('warning') }
}

/** In characters as people count them, nearly: code points. */
export const lengthOf = (text: string): number => [...text].length

/** Counts a text, and refuses it where it is too long. `what` begins the sentence: "The text". */
export function count(notes: Notes, at: string, what: string, used: number, limit: number): void {
  notes.counters.push({ at, used, limit })
  if (used > limit) notes.error(at, 'text_too_long', `${what} has ${used} of ${limit} characters. Shorten it.`)
}

/** Where nobody says what the platform counts: in code points, with a warning where UTF-16 finds it too long. */
export function countText(notes: Notes, at: string, what: string, text: string, limit: number): void {
  const used = lengthOf(text)
  count(notes, at, what, used, limit)
  if (used > limit || text.length <= limit) return
  const message = `${what} has ${text.length} of ${limit} characters if an emoji counts as two, and may be refused. Shorten it.`
  notes.warn(at, 'text_nearly_too_long', message)
}

/** A text that is counted only where there is one. */
export function countIfAny(notes: Notes, at: string, what: string, text: string | undefined, limit: number): void {
  if (text !== undefined) countText(notes, at, what, text, limit)
}

export const MEGABYTE = 1024 * 1024

/** `512 KB`, `5 MB`, `8 GB`. */
export function bytesSaid(bytes: number): string {
  const [size, unit] =
    bytes >= 1024 * MEGABYTE
      ? [bytes / (1024 * MEGABYTE), 'GB']
      : bytes >= MEGABYTE
        ? [bytes / MEGABYTE, 'MB']
        : [bytes / 1024, 'KB']
  return `${Math.round(size * 10) / 10} ${unit}`
}

export function sizeAtMost(notes: Notes, at: string, what: string, { bytes }: PostMedia, most: number): void {
  if (bytes <= most) return
  const message = `${what} has ${bytesSaid(bytes)}; at most ${bytesSaid(most)} are taken. Make it smaller.`
  notes.error(at, 'media_too_large', message)
}

/** In both directions, as the platform takes it. Unknown is no error. */
export function durationWithin(
  notes: Notes,
  at: string,
  { durationMs }: PostMedia,
  [least, most]: readonly [number, number],
): void {
  if (durationMs === undefined || (durationMs >= least && durationMs <= most)) return
  const message =
    durationMs < least
      ? `The video lasts ${timeSaid(durationMs, Math.floor)}; at least ${timeSaid(least)} are taken. Use a longer one.`
      : `The video lasts ${timeSaid(durationMs, Math.ceil)}; at most ${timeSaid(most)} are taken. Cut it.`
  notes.error(at, durationMs < least ? 'video_too_short' : 'video_too_long', message)
}

/** `round`: away from the limit, so that what is a little beyond it is not said to be it. */
function timeSaid(ms: number, round: (tenths: number) => number = Math.round): string {
  const [count, unit] = ms >= 120_000 ? [round(ms / 6000) / 10, 'minute'] : [round(ms / 100) / 10, 'second']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
