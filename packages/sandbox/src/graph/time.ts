import type { Answer } from '../core/ask.ts'
import { field } from '../core/ask.ts'
import { badParameter } from './errors.ts'
import { isAnswer } from './project.ts'

/** A moment as the Graph API writes it: `2026-11-21T12:00:00+0000`. */
export const graphTime = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}+0000`

const UNITS: Record<string, number> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
}

const startOfDay = (at: number): number => at - (at % 86_400_000)

/**
 * Seconds since 1970, ISO 8601, or text as PHP's strtotime reads it, of which the common part is known here. In ms since 1970;
 * undefined where it cannot be read.
 */
export function readTime(text: string, now: number): number | undefined {
  if (/^\d{1,11}$/.test(text)) return Number(text) * 1000
  const words: Record<string, number> = {
    now,
    today: startOfDay(now),
    yesterday: startOfDay(now) - 86_400_000,
    tomorrow: startOfDay(now) + 86_400_000,
  }
  const word = words[text.trim().toLowerCase()]
  if (word !== undefined) return word
  const relative = /^([+-]?\d{1,6}) (second|minute|hour|day|week)s?$/i.exec(text.trim())
  if (relative) return now + Number(relative[1]) * (UNITS[relative[2]?.toLowerCase() ?? ''] ?? 0)
  if (!/^\d{4}-\d{1,2}-\d{1,2}/.test(text)) return undefined
  // As Meta writes them itself, without a colon in the zone.
  const at = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  return Number.isNaN(at) ? undefined : at
}

/** `since` and `until` of a list, in ms since 1970. */
export function windowIn(params: URLSearchParams, now: number): { since: number; until: number } | Answer {
  const read = (name: string, otherwise: number): number | Answer => {
    const text = field(params, name)
    if (text === undefined) return otherwise
    return readTime(text, now) ?? badParameter(`Param ${name} must be a valid date`)
  }
  const since = read('since', Number.NEGATIVE_INFINITY)
  if (isAnswer(since)) return since
  const until = read('until', Number.POSITIVE_INFINITY)
  return isAnswer(until) ? until : { since, until }
}
