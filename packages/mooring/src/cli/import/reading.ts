/** Reads a row field by field and keeps the first fault, so that a shape says only which field is what. Pure. */
import { KEYS_VARIABLE, looksSealed } from './fernet.ts'
import type { Mapped, Open, Row, Skipped, SourceRecord } from './record.ts'
import { clean, scopesOf, textOf, timeOf } from './values.ts'

/** Longer is no token of any platform, and does not fit a request's header. */
export const MOST_TOKEN = 16_384

export type Sealing =
  /** Fernet, always. */
  | 'sealed'
  /** Fernet or clear, told apart by its form and its mac. */
  | 'either'
  | 'clear'

export function reading(row: Row, open: Open) {
  let fault: Skipped | undefined
  const failed = (code: Skipped['code'], message: string): null => {
    fault ??= { code, message }
    return null
  }
  const read = {
    /** A name or an id. */
    text(...fields: string[]): string | null {
      for (const field of fields) {
        const value = textOf(row[field])
        if (typeof value === 'string' && clean(value) !== '') return clean(value)
      }
      return null
    },
    time(...fields: string[]): string | null {
      const field = fields.find((one) => row[one] !== undefined && row[one] !== null)
      if (field === undefined) return null
      const value = timeOf(row[field])
      return value === undefined ? failed('unreadable', `${field} is not a date that can be read.`) : value
    },
    scopes: (field: string): string[] | null => scopesOf(row[field]),
    token(field: string, sealing: Sealing): string | null {
      const value = textOf(row[field])
      if (value === null) return null
      if (value === undefined) return failed('unreadable', `${field} is no text.`)
      if (sealing === 'clear' || (sealing === 'either' && !looksSealed(value))) return usable(field, value)
      const opened = open(value)
      if (opened !== undefined) return usable(field, opened.trim())
      return failed('cannot_open', `${field} does not open with the keys in ${KEYS_VARIABLE}.`)
    },
    /** The record, unless something on the way could not be read. */
    done: (record: SourceRecord): Mapped => {
      if (fault) return { skipped: fault }
      if (record.provider === '') return { skipped: { code: 'unreadable', message: 'It names no platform.' } }
      if (record.accessToken === null && record.refreshToken === null)
        return { skipped: { code: 'no_token', message: 'It holds no token.' } }
      return { record }
    },
  }
  const usable = (field: string, token: string): string | null => {
    if (token === '') return null
    if (token.length > MOST_TOKEN) return failed('token_unusable', `${field} is longer than any token.`)
    // RFC 6750 §2.1 allows less; some platforms send more. A header takes no blank and no control character.
    if (!/^[\x21-\x7e]+$/.test(token)) return failed('token_unusable', `${field} holds what no token can hold.`)
    return token
  }
  return read
}
