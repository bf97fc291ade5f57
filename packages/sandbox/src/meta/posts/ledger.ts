import type { LedgerEntry } from '../../control/ledger.ts'
import { ledgerMedia } from '../../graph/instagram/ledger.ts'
import type { PageBook, Post } from './book.ts'

/** What people saw on Pages up to now. What was scheduled is in it from its time on; a video once it is processed. */
export function pagesLedger(book: PageBook, now: number): LedgerEntry[] {
  return [...posts(book, now), ...comments(book)]
}

const posts = ({ posts: all, photos, videos }: PageBook, now: number): LedgerEntry[] =>
  [...all.values()].flatMap((post) => {
    if (!wasSeen(post, now)) return []
    const shown = post.photos.flatMap((id) => photos.get(id) ?? [])
    const video = videos.get(post.video ?? '')?.file
    return [
      {
        ...{ id: post.id, account: post.page, kind: post.kind, text: post.message, at: post.at ?? 0, replyTo: null },
        media: [...shown.map(({ file, alt }) => ledgerMedia(file, alt)), ...(video ? [ledgerMedia(video, null)] : [])],
        ...{ link: post.link, visibility: null, deleted: post.deleted },
      },
    ]
  })

/** Scheduled and deleted before its time: it never was. */
const wasSeen = ({ at }: Post, now: number): boolean => at !== null && at <= now

const comments = ({ comments: all }: PageBook): LedgerEntry[] =>
  [...all.values()].map(({ id, page, post, message, file, at, deleted }) => ({
    ...{ id, account: page, kind: 'comment', text: message, at, replyTo: post },
    ...{ media: file ? [ledgerMedia(file, null)] : [], link: null, visibility: null, deleted },
  }))
