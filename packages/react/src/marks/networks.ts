/** The network that people know an account by: one provider may hold accounts of several. Pure. */
import type { PostAccount } from '../api.ts'

/** How a post looks there. */
export type Look = 'linkedin' | 'x' | 'facebook' | 'instagram' | 'plain'

export interface Network {
  /** The same for accounts of the same network. */
  id: string
  name: string
  look: Look
  /** By which its mark is found. */
  mark: string
}

const NETWORKS: Readonly<Record<string, Omit<Network, 'id'>>> = {
  linkedin: { name: 'LinkedIn', look: 'linkedin', mark: 'linkedin' },
  x: { name: 'X', look: 'x', mark: 'x' },
  meta: { name: 'Facebook', look: 'facebook', mark: 'meta' },
  'meta instagram': { name: 'Instagram', look: 'instagram', mark: 'instagram' },
  instagram: { name: 'Instagram', look: 'instagram', mark: 'instagram' },
}

export function networkOf({
  provider,
  providerName,
  kind,
}: Pick<PostAccount, 'provider' | 'providerName' | 'kind'>): Network {
  const known = NETWORKS[`${provider} ${kind}`] ?? NETWORKS[provider]
  return known ? { id: known.name, ...known } : { id: provider, name: providerName, look: 'plain', mark: provider }
}

/** What people there call it: by its handle where a handle is its name. */
export function accountName({
  handle,
  label,
  ...rest
}: Pick<PostAccount, 'provider' | 'providerName' | 'kind' | 'handle' | 'label'>): string {
  const { look } = networkOf(rest)
  if (handle === null || handle === '') return label
  if (look === 'x') return atHandle(handle)
  return look === 'instagram' ? handle.replace(/^@/, '') : label
}

export const atHandle = (handle: string): string => `@${handle.replace(/^@/, '')}`
