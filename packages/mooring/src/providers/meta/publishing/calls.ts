/** Calls of the Graph API as steps: a form, or a form with a file; an answer's id. */
import type { Json, MultipartField, PublishRequest, Step } from '../../../provider-publishing.ts'

export type Call = Extract<Step, { do: 'call' }>

const filled = (fields: Readonly<Record<string, string | undefined>>): [string, string][] =>
  Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined)

/** Fields without a value are left out. */
export const form = (url: string, fields: Readonly<Record<string, string | undefined>>): PublishRequest => ({
  method: 'POST',
  url,
  body: { form: Object.fromEntries(filled(fields)) },
})

export const formWithFile = (
  url: string,
  fields: Readonly<Record<string, string | undefined>>,
  name: string,
  media: NonNullable<MultipartField['media']>,
): PublishRequest => ({
  method: 'POST',
  url,
  body: { multipart: [...filled(fields).map(([field, value]) => ({ name: field, value })), { name, media }] },
})

export const get = (url: string): PublishRequest => ({ method: 'GET', url })

/** A path's last parts, as limits go by them. */
export const at = (method: string, edge: string): string => `${method} /${edge}`

export const said = (text: string): string | undefined => (text.trim() === '' ? undefined : text)
export const asText = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
