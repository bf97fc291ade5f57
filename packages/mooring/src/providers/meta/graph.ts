/** Released 2026-07-29 (Graph API changelog). */
export const VERSION = 'v26.0'

/** An address of the Graph API, in the version that is set. */
export const graph = (settings: Readonly<Record<string, string>>, path: string): string =>
  `https://graph.facebook.com/${settings.API_VERSION ?? VERSION}/${path}`
