import type { ListedToken } from './simulator.ts'

type Shown = Pick<ListedToken, 'id' | 'kind' | 'member' | 'expiresAt'> & { status: string | number }

const WORDS: Record<string, string> = {
  458: 'removed',
  459: 'checkpoint',
  460: 'password changed',
  463: 'expired',
  464: 'unconfirmed',
  467: 'revoked',
  492: 'role lost',
}

/** What a page says of tokens, whatever else a platform knows of them. The newest first. */
export const listedTokens = (shown: readonly Shown[]): ListedToken[] =>
  shown
    .map(({ id, kind, member, expiresAt, status }) => ({
      ...{ id, kind, member, expiresAt },
      status: WORDS[status] ?? String(status),
    }))
    .reverse()
