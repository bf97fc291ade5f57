import type { LedgerEntry, LedgerMedia } from '../../control/ledger.ts'
import type { MediaFile } from '../media/facts.ts'
import type { Book } from './book.ts'
import type { Media } from './container.ts'

const KINDS: Record<Media['type'], string> = {
  IMAGE: 'post',
  VIDEO: 'post',
  REELS: 'reel',
  STORIES: 'story',
  CAROUSEL: 'carousel',
}

export const ledgerMedia = ({ facts, sha256 }: MediaFile, alt: string | null): LedgerMedia => ({
  kind: facts.kind === 'video' ? 'video' : 'image',
  alt,
  sha256,
})

/** All that was published here: this API deletes nothing. */
export function instagramLedger({ media, comments }: Book): LedgerEntry[] {
  const entry = { link: null, visibility: null, deleted: false }
  return [
    ...[...media.values()].map(({ id, account, type, caption, at, file, alt, children }) => ({
      ...entry,
      ...{ id, account, kind: KINDS[type], text: caption, at, replyTo: null },
      media: [
        ...(file ? [ledgerMedia(file, alt)] : []),
        ...children.map((child) => ledgerMedia(child.file, child.alt)),
      ],
    })),
    ...[...comments.values()].map(({ id, account, text, at, media: replyTo }) => ({
      ...entry,
      ...{ id, account, kind: 'comment', text, at, replyTo, media: [] },
    })),
  ]
}
