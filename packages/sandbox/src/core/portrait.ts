import { empty } from './answer.ts'
import type { Answer } from './ask.ts'
import { drawn } from './raster.ts'

/** A picture of somebody, open to everybody as the real ones are; 404 where there is none. */
export function portrait(name: string | undefined): Answer {
  if (name === undefined) return empty(404)
  const headers = {
    'content-type': 'image/png',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'max-age=86400',
  }
  return { status: 200, headers, body: drawn(name) }
}

/**
 * Where a browser finds a picture of ours. The API names the platform's own address, as the real one does; a page of the
 * sandbox must show what lies behind it.
 */
export function playedAt(origins: Readonly<Record<string, string>>, url: string): string {
  const { origin } = new URL(url)
  return (origins[origin] ?? origin) + url.slice(origin.length)
}
