/** The card of a link: its page is read once, and its picture kept as a file, to be used or replaced. */
import { rasterType } from '../../connections/pictures/raster.ts'
import { MooringError, unknownFault } from '../../error.ts'
import type { MediaRow } from '../../store/media-read.ts'
import { cardOf } from './card.ts'
import type { MediaParts } from './media.ts'
import { receive } from './receive.ts'

export interface LinkPreview {
  url: string
  title: string | null
  description: string | null
  image: MediaRow | null
}

const PAGE = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.1', bytes: 1024 ** 2, ms: 5000 }
const PICTURE = { accept: 'image/webp,image/png,image/jpeg,image/gif;q=0.8', bytes: 5 * 1024 ** 2, ms: 5000 }

/** Throws `link_unreachable`. A page that says nothing of itself has an empty card. */
export async function linkPreview(parts: MediaParts, workspace: string, by: string, raw: string): Promise<LinkPreview> {
  const { runtime, previewOrigins: trusted } = parts
  const url = /^[a-z][a-z0-9+.-]*:/i.test(raw) ? raw : `https://${raw}`
  const page = await runtime.outside.get(url, { ...PAGE, trusted })
  if ('fault' in page) throw unreachable(SENTENCES[page.fault], page.fault)
  if (page.status < 200 || page.status > 299)
    throw unreachable(`The site answers ${page.status} there.`, String(page.status))
  const empty = { url, title: null, description: null, image: null }
  if (!/^(text\/html|application\/xhtml\+xml)\s*(;|$)/i.test(page.type ?? '')) return empty
  const { image, ...words } = cardOf(page.body, page.type, page.url)
  return { url, ...words, image: image === null ? null : await pictureAt(parts, workspace, by, image) }
}

/** Null: it cannot be had, and the card goes without. */
async function pictureAt(parts: MediaParts, workspace: string, by: string, url: string): Promise<MediaRow | null> {
  const { runtime, previewOrigins: trusted } = parts
  const got = await runtime.outside.get(url, { ...PICTURE, trusted })
  if ('fault' in got || got.status !== 200 || !got.whole || rasterType(got.body) === undefined) return null
  const fileName = decoded(new URL(got.url).pathname.split('/').at(-1) ?? '')
  try {
    return await receive(parts, workspace, by, { bytes: pieces(got.body), fileName })
  } catch (error) {
    runtime.log.debug({ workspace, fault: unknownFault(error) }, 'the picture of a link was not kept')
    return null
  }
}

async function* pieces(bytes: Uint8Array) {
  yield bytes
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  address_refused: 'That address is not one of the public internet.',
  name_not_found: 'There is no site of that name.',
  certificate: 'That site cannot prove that it is itself: its certificate is not right.',
  redirects: 'That site sends us on too often.',
  timeout: 'That site takes too long to answer.',
}

const unreachable = (message = 'That site does not answer.', detail = '') =>
  new MooringError('link_unreachable', message, {
    detail:
      detail === 'address_refused'
        ? 'Only public addresses are read. Add the origin of a site of your own to MOORING_PREVIEW_ORIGINS.'
        : detail,
  })
