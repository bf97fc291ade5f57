import { createHmac, randomBytes } from 'node:crypto'

/** An opaque random value of a given length, of the characters real tokens are made of. */
export const opaque = (length: number, prefix = ''): string =>
  prefix +
  randomBytes(length)
    .toString('base64url')
    .slice(0, Math.max(0, length - prefix.length))

/** The same value at every start for the same input: ids that tests and people can rely on. */
export const derived = (length: number, ...parts: string[]): string =>
  createHmac('sha256', 'mooring sandbox').update(JSON.stringify(parts)).digest('base64url').slice(0, length)
