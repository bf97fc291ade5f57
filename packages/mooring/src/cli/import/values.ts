/** Values as foreign tables hold them: bytes or text, dates with and without a zone, lists written in five ways. Pure. */

/** Cut to what a line and a column take, without what PostgreSQL or a terminal would not take: NUL, controls, half a surrogate pair. */
export const clean = (value: string, most = 200): string => {
  // A character is two units at most; what stands far behind the cut is not even looked at.
  const near = value
    .slice(0, most * 4)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .toWellFormed()
  return [...near].slice(0, most).join('').trim()
}

/** Text of a column; null where there is none, undefined for what is no text (bytes that are no UTF-8, an object). */
export function textOf(value: unknown): string | null | undefined {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
  // A larger number in JSON has lost its last digits already: another id than was meant.
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) return undefined
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (!(value instanceof Uint8Array)) return undefined
  try {
    return textOf(new TextDecoder('utf-8', { fatal: true }).decode(value))
  } catch {
    return undefined
  }
}

/** `YYYY-MM-DD HH:MM:SS.ffffff+00`, with a T, with less, with Z. */
const WRITTEN =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?(?::\d\d)?)?$/i
/** From here on a number counts milliseconds: in seconds it is the year 5138, in milliseconds 1973. */
const MILLISECONDS_FROM = 1e11
const EARLIEST = Date.UTC(2000, 0, 1)
const LATEST = Date.UTC(2200, 0, 1)

/** A moment as ISO 8601 in UTC; without a zone it is taken as UTC. Null where there is none, undefined where it cannot be read. */
export function timeOf(value: unknown): string | null | undefined {
  if (value instanceof Date) return moment(value.getTime())
  const text = textOf(value)
  if (text === null || text === undefined) return text
  if (/^-?\d+(\.\d+)?$/.test(text)) {
    const number = Number(text)
    // Nothing was ever issued in 1970: zero is how some write "no end".
    if (number === 0) return null
    return moment(Math.abs(number) >= MILLISECONDS_FROM ? number : number * 1000)
  }
  if (/^(infinity|never|none|null)$/i.test(text)) return null
  const [, day, minutes = '00:00', seconds = '00', fraction = '0', zone = 'Z'] = WRITTEN.exec(text) ?? []
  if (day === undefined) return undefined
  return moment(Date.parse(`${day}T${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${zoneOf(zone)}`))
}

/** `+02` and `+0200` are `+02:00`. */
function zoneOf(zone: string): string {
  if (/^[a-z]/i.test(zone)) return 'Z'
  const digits = zone.slice(1).replaceAll(':', '')
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2, 4) || '00'}`
}

/** Out of all reason is unreadable: a number of seconds to go in a column for dates, say. */
function moment(at: number): string | undefined {
  const rounded = Math.trunc(at)
  return rounded >= EARLIEST && rounded < LATEST ? new Date(rounded).toISOString() : undefined
}

/** Scopes as a list, JSON, Python's way of printing a list, an array of PostgreSQL, or parted by blanks or commas. Null where there are none. */
export function scopesOf(value: unknown): string[] | null {
  if (Array.isArray(value)) return listed(value.filter((one) => typeof one === 'string'))
  const text = textOf(value)
  if (text === null || text === undefined) return null
  const parsed = jsonOf(text)
  if (Array.isArray(parsed)) return scopesOf(parsed)
  return listed(text.replace(/[[\](){}'"]/g, ' ').split(/[\s,]+/))
}

/** More are no scopes of one authorization, but a column of another meaning. */
const MOST_SCOPES = 200

function listed(scopes: readonly string[]): string[] | null {
  const found = [...new Set(scopes.map((one) => clean(one)).filter((one) => one !== ''))]
  return found.length === 0 ? null : found.slice(0, MOST_SCOPES)
}

/** True or false as databases write it; undefined where it is neither. */
export function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  const text = textOf(value)?.toLowerCase()
  if (text === undefined) return undefined
  if (['1', 't', 'true', 'yes', 'y', 'on'].includes(text)) return true
  return ['0', 'f', 'false', 'no', 'n', 'off'].includes(text) ? false : undefined
}

/** A JSON column: parsed already, or as text. Undefined where it is none. */
export function jsonOf(value: unknown): unknown {
  if (value !== null && typeof value === 'object' && !(value instanceof Uint8Array)) return value
  const text = textOf(value)
  if (text === null || text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const recordOf = (value: unknown): Row => {
  const parsed = jsonOf(value)
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Row) : {}
}

type Row = Readonly<Record<string, unknown>>
