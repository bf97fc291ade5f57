import { empty } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { portrait } from '../../core/portrait.ts'
import { type Medium, type MediumKind, mediumByKey, statusOf } from '../uploads/medium.ts'
import type { World } from '../world.ts'
import { isSigned, signedUntil } from './picture.ts'

export const DOWNLOAD_PATH = '/dms/uploads/v2/:kind/:key'

/** Where a file that was uploaded can be fetched, and until when. */
export function downloadUrl(
  world: World,
  { kind, key }: Medium,
): { downloadUrl: string; downloadUrlExpiresAt: number } {
  const { url, end } = signedUntil(world, `/dms/uploads/v2/${kind}/${key}`)
  return { downloadUrl: url, downloadUrlExpiresAt: end }
}

/** The bytes as they came, while they are in memory; after a restart a picture that stands for them. */
export function download(world: World, ask: Ask): Answer {
  const medium = mediumByKey(world.state, ask.params.kind as MediumKind, ask.params.key ?? '')
  if (!medium || !isSigned(world, ask)) return empty(403)
  if (statusOf(medium, world.clock.now()) !== 'AVAILABLE') return empty(404)
  const kept = world.state.bytes.get(medium.urn)
  if (!kept) return portrait(medium.kind === 'image' ? medium.file?.sha256 : undefined)
  const headers = {
    'content-type': kept.type,
    'content-disposition': medium.kind === 'document' ? 'attachment' : 'inline',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  }
  return { status: 200, headers, body: kept.bytes }
}
