/** From where a provider's pictures may come: its hosts as data. Pure. */

/** `img.acme.example`, or `*.cdn.acme.example` for every host below it, and not for itself. */
export interface PictureSource {
  pictureHosts?: readonly string[]
}

/** A name with a letter at its end, so that no address of a machine is one. */
export const isHostPattern = (text: string): boolean => /^(\*\.)?([a-z0-9-]+\.)+[a-z]{2,}$/.test(text)

export const showsFrom = ({ pictureHosts = [] }: PictureSource, host: string): boolean =>
  pictureHosts.some((pattern) => (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern))

/** Longer ones are no picture's: the longest that are known, Facebook's, have some 600 characters. */
const LONGEST = 2000

/**
 * The address as it may be asked, or undefined where it may not: https, no port, no user, a host that the provider names.
 * What is answered is what was parsed, so that nobody else reads the text differently.
 */
export function pictureUrl(provider: PictureSource, raw: string): string | undefined {
  if (raw.length > LONGEST || !URL.canParse(raw)) return undefined
  const url = new URL(raw)
  const plain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === ''
  if (!plain || !showsFrom(provider, url.hostname)) return undefined
  url.hash = ''
  return url.href
}
