/**
 * A request that changes something with a person's cookie must come from our own pages. Browsers say so in
 * `Sec-Fetch-Site`, older ones in `Origin`; a request with neither is refused. Pure.
 */
export function isSameOrigin(headers: Headers, baseUrl: string): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = headers.get('origin')
  return origin !== null && origin === new URL(baseUrl).origin
}
