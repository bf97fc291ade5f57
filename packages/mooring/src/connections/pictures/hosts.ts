/** From where a provider's pictures may come: its hosts as data. Pure. */
import type { Provider } from '../../provider.ts'

/** Longer ones are no picture's: the longest that are known, Facebook's, have some 600 characters. */
const LONGEST = 2000

/**
 * The address as it may be asked, or undefined where it may not: https, no port, no user, a host that the provider names.
 * What is answered is what was parsed, so that nobody else reads the text differently.
 */
export function pictureUrl(provider: Pick<Provider, 'pictureHosts'>, raw: string): string | undefined {
  if (raw.length > LONGEST || !URL.canParse(raw)) return undefined
  const url = new URL(raw)
  const plain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === ''
  if (!plain || !(provider.pictureHosts ?? []).some((pattern) => matches(pattern, url.hostname))) return undefined
  url.hash = ''
  return url.href
}

/** `*.example.com` stands for every host below example.com, and not for itself. */
const matches = (pattern: string, host: string): boolean =>
  pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern
