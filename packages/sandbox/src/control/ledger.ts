/** The truth of what was published, whatever the callers were told: what a proof of "never twice, never lost" counts. */
import type { Player } from '../core/simulator.ts'
import { NothingMatches } from './nothing-matches.ts'

export interface LedgerMedia {
  kind: 'image' | 'video' | 'document' | 'gif'
  alt: string | null
  /** Of the bytes as they were uploaded or fetched, in hex. */
  sha256: string
}

/** One thing that people can see, or could until it was deleted. What is staged or unfinished is none. */
export interface LedgerEntry {
  /** As the platform names it to its callers. */
  id: string
  /** The platform's id of who it stands under: a person, a page, an organization. */
  account: string
  /** `post`, `reply`, `comment`, `reel`, `story`, `carousel` and so on, in the platform's own words. */
  kind: string
  /** As published, not as sent. */
  text: string
  /** In ms since 1970, by the sandbox's clock. */
  at: number
  replyTo: string | null
  media: readonly LedgerMedia[]
  link: string | null
  visibility: string | null
  deleted: boolean
}

/** Newest last. Throws NothingMatches for a platform that is not played, or on which nothing is published. */
export function ledgerOf(players: readonly Player[], id: string): readonly LedgerEntry[] {
  const ledger = players.find((one) => one.id === id)?.platform.ledger
  if (!ledger) throw new NothingMatches(`Nothing is published on a platform "${id}".`)
  return ledger().toSorted((a, b) => a.at - b.at)
}
