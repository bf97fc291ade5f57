import { keyOf, kindOf, type Media } from '../media/media.ts'
import type { World } from '../world.ts'
import type { Finding } from './finished.ts'
import type { Declared } from './pieces.ts'

interface Whole {
  declared: Omit<Declared, 'totalBytes' | 'type'>
  finding: Finding
  size: number
  sha256: string
  /** Of a picture; a video's are gone. */
  bytes: Uint8Array
}

/** Writes down a file that has come whole, and begins its processing. A failure that control asked for is used up. */
export function store({ state, clock }: World, { declared, finding, size, sha256, bytes }: Whole): Media {
  const { category, id } = declared
  const kind = kindOf(category)
  const isProcessed = kind === 'gif' || kind === 'video'
  const now = clock.now()
  const media: Media = {
    ...{ id, category, size, sha256, type: finding.type, ...finding.facts },
    key: keyOf(category, id),
    owner: declared.owner,
    additionalOwners: declared.additionalOwners,
    expiresAt: declared.expiresAt,
    processing: isProcessed ? { from: now, until: now + state.settings.processingSeconds * 1000 } : null,
    failure: isProcessed ? (state.failures.shift() ?? finding.failure) : null,
    alt: null,
  }
  state.media.set(id, media)
  if (kind === 'image' || kind === 'gif') state.pictures.set(id, bytes)
  return media
}
