/** The one request to a platform's host for pictures: no redirect followed, nothing of ours sent along, bounded in size and time. */
import { createHash } from 'node:crypto'
import type { Runtime } from '../../runtime.ts'
import { isRasterType, rasterType } from './raster.ts'

export interface Picture {
  bytes: Uint8Array<ArrayBuffer>
  /** By its bytes, whatever the host called it. */
  type: string
  etag: string
}

/** `gone`: it will not come back (links end). `away`: the host did not answer as it should. */
export type NoPicture = { none: 'gone' | 'away'; why: string }

/** Pictures of people and pages have some 5 to 100 KB. */
export const MOST_BYTES = 1024 * 1024
/** Somebody looks at initials meanwhile. In ms. */
export const TIMEOUT_MS = 8_000

/** `url` is one that `pictureUrl` let through. Never throws. */
export async function fetchPicture(runtime: Pick<Runtime, 'fetch'>, url: string): Promise<Picture | NoPicture> {
  try {
    const response = await runtime.fetch(url, {
      headers: { accept: 'image/avif,image/webp,image/png,image/jpeg,image/gif' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const refused = refusal(response)
    if (refused) {
      await response.body?.cancel()
      return refused
    }
    const bytes = await bounded(response)
    if (!bytes) return { none: 'gone', why: `over ${MOST_BYTES} bytes` }
    const type = rasterType(bytes)
    if (type === undefined) return { none: 'gone', why: 'no raster image by its bytes' }
    return { bytes, type, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"` }
  } catch {
    return { none: 'away', why: 'no answer' }
  }
}

function refusal({ status, headers }: Response): NoPicture | undefined {
  if (status >= 500 || status === 429) return { none: 'away', why: String(status) }
  if (status !== 200) return { none: 'gone', why: String(status) }
  if (!isRasterType(headers.get('content-type'))) return { none: 'gone', why: 'no raster image by its type' }
  if (Number(headers.get('content-length') ?? 0) > MOST_BYTES) return { none: 'gone', why: `over ${MOST_BYTES} bytes` }
  return undefined
}

/** Counted as they come out of what packed them. Undefined: there are too many, and the rest is not read. */
async function bounded(response: Response): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.byteLength
    if (size > MOST_BYTES) return undefined
    parts.push(part)
  }
  return Uint8Array.from(Buffer.concat(parts))
}
