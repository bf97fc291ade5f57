/** Platforms by the names that other systems gave them. What is not here is passed on as it is written. */

const ALIASES: Readonly<Record<string, string>> = {
  linkedin: 'linkedin',
  'linkedin-oauth': 'linkedin',
  'linkedin-oauth2': 'linkedin',
  'linkedin-openid': 'linkedin',
  'linkedin-page': 'linkedin',
  'linkedin-company': 'linkedin',
  x: 'x',
  twitter: 'x',
  'twitter-v2': 'x',
  'twitter-oauth2': 'x',
  'x-twitter': 'x',
  meta: 'meta',
  facebook: 'meta',
  'facebook-page': 'meta',
  'facebook-pages': 'meta',
  instagram: 'meta',
  'instagram-business': 'meta',
  fb: 'meta',
  ig: 'meta',
  'google-analytics': 'google-analytics',
  'google-analytics-4': 'google-analytics',
  googleanalytics: 'google-analytics',
  ga: 'google-analytics',
  ga4: 'google-analytics',
  hubspot: 'hubspot',
  'hubspot-oauth': 'hubspot',
  heyreach: 'heyreach',
  unipile: 'unipile',
}

/** `Google_Analytics` → `google-analytics`; a name that nobody knows comes back in its plain form. */
export function platformOf(name: string): string {
  const plain = name
    .trim()
    .slice(0, 100)
    .toLowerCase()
    .replace(/[\s_./]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return Object.hasOwn(ALIASES, plain) ? (ALIASES[plain] ?? plain) : plain
}
