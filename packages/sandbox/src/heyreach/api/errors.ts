/** Refusals. HeyReach runs on ASP.NET Core, whose problem bodies these are; its own are `errorMessage` alone (heyreach-cli). */
import { randomBytes } from 'node:crypto'
import { empty, json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import type { Settings } from '../settings.ts'

const RFC = 'https://tools.ietf.org/html/rfc9110#section-'
const trace = (): string => `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`

const problem = (status: number, section: string, title: string, more: object = {}): Answer =>
  json(
    status,
    { type: `${RFC}${section}`, title, status, ...more, traceId: trace() },
    { 'content-type': 'application/problem+json; charset=utf-8' },
  )

/** A wrong key, or none. */
export const unauthorized = (): Answer => empty(401)

export const unknownPath = (): Answer => empty(404)

export const unsupportedType = (): Answer => problem(415, '15.5.16', 'Unsupported Media Type')

export type Invalid = Record<string, string[]>

export const invalid = (errors: Invalid): Answer =>
  problem(400, '15.5.1', 'One or more validation errors occurred.', { errors })

export const unknownId = ({ unknownId }: Settings, what: string): Answer =>
  unknownId === 404 ? problem(404, '15.5.5', 'Not Found') : json(400, { errorMessage: `${what} was not found.` })

export const tooMany = ({ retryAfter }: Settings, waitMs: number): Answer =>
  empty(429, retryAfter === 'sent' ? { 'retry-after': String(Math.ceil(waitMs / 1000)) } : {})
