/** Cursor paging: a cursor is the last row's place, opaque to the caller. Pure. */
import { MooringError } from '../error.ts'

export interface Place {
  at: Date
  id: string
}

const CURSOR = /^(\d{1,15}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

export const toCursor = (place: Place): string => Buffer.from(`${place.at.getTime()} ${place.id}`).toString('base64url')

export function fromCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const [, ms, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  if (ms === undefined || id === undefined) {
    throw new MooringError('invalid_request', 'That cursor is not one of ours.', {
      fields: [{ path: 'cursor', message: 'is not a cursor' }],
    })
  }
  return { at: new Date(Number(ms)), id }
}

/** Asks for one row more than the page holds, to know whether there is another page. */
export async function pageOf<T>(
  limit: number,
  place: (row: T) => Place,
  load: (limit: number) => Promise<T[]>,
): Promise<{ rows: T[]; nextCursor: string | null }> {
  const found = await load(limit + 1)
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { rows, nextCursor: found.length > limit && last !== undefined ? toCursor(place(last)) : null }
}
