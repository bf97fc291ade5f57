import { empty } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { portrait } from '../../core/portrait.ts'
import type { Shelf } from './shelf.ts'

export const FILE_PATH = '/o1/:file{[0-9a-f]{64}\\.[a-z0-9]+}'

/** A picture that came in, as long as it is held; something drawn in its place after a restart, and for a video. */
export function fileAt(shelves: readonly Shelf[], isKnown: (sha256: string) => boolean, ask: Ask): Answer {
  const sha256 = (ask.params.file ?? '').split('.')[0] ?? ''
  const held = shelves.map((shelf) => shelf.get(sha256)).find(Boolean)
  if (!held) return isKnown(sha256) ? portrait(sha256) : empty(404)
  const headers = {
    'content-type': held.type,
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'max-age=86400',
  }
  return { status: 200, headers, body: held.bytes }
}
