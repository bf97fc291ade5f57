/** Whether a control request may have been made by a page: then it is refused, and this says why. */
export function pageSteers(headers: Headers, own: readonly string[], listenHost: string): string | undefined {
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none')
    return 'A page of another site cannot steer the sandbox.'
  const origin = headers.get('origin')
  if (origin !== null && !own.includes(origin)) return 'A page of another origin cannot steer the sandbox.'
  // A name that an attacker points at this machine (DNS rebinding) arrives as a host that is neither an address nor ours.
  const host = URL.parse(`http://${headers.get('host') ?? ''}`)?.hostname ?? ''
  const known = host === 'localhost' || host === listenHost || /^\d+\.\d+\.\d+\.\d+$/.test(host) || host.startsWith('[')
  return known ? undefined : 'The sandbox is not known by that host name.'
}
