/**
 * The address of a picture on this server: what is shown, for whom, until when, and our signature over it. It says nothing
 * that its holder was not told already, and nobody but us can make one. Pure.
 */
import { isOneOf } from '../../vault/signature.ts'

export interface PictureAddress {
  workspace: string
  provider: string
  url: string
}

const DAY_MS = 86_400_000

/** The same picture keeps its address for a day, so that a browser keeps the picture; it holds for one day more. */
const endOf = (now: number): number => Math.floor(now / DAY_MS) + 2

export function addressFor(one: PictureAddress, now: number, sign: (text: string) => string[]): string {
  const text = Buffer.from(JSON.stringify([one.workspace, one.provider, endOf(now), one.url])).toString('base64url')
  return `${text}.${sign(text)[0]}`
}

/** Undefined: it is none of ours, or was one. */
export function openAddress(
  address: string,
  now: number,
  sign: (text: string) => string[],
): PictureAddress | undefined {
  const [text = '', shown = '', ...rest] = address.split('.')
  if (rest.length > 0 || !isOneOf(shown, sign(text))) return undefined
  const [workspace, provider, end, url] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [
    string,
    string,
    number,
    string,
  ]
  return end * DAY_MS > now ? { workspace, provider, url } : undefined
}
