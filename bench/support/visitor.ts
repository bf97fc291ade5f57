/** A person at a browser: signed in at Mooring, consenting at the sandbox, and back. */
import type { Sandbox } from '@mooring/sandbox'

export interface Visitor {
  signIn(link: string): Promise<void>
  /** Start, consent, callback. Throws unless the flow waits for a choice of accounts, as a first connection does. */
  connect(): Promise<void>
}

export function createVisitor(server: string, sandbox: Sandbox): Visitor {
  const jar = new Map<string, string>()
  const platform = sandbox.browser()
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${server}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        'sec-fetch-site': 'same-origin',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
  const must = (response: Response, status: number): Response => {
    if (response.status !== status) throw new Error(`${response.url} answered ${response.status}, not ${status}`)
    return response
  }
  return {
    async signIn(link) {
      const answer = await send('POST', '/api/v1/session', { token: new URL(link).hash.slice(1) })
      await must(answer, 200).arrayBuffer()
    },
    async connect() {
      const answer = must(await send('POST', '/api/v1/flows', { provider: 'linkedin', returnTo: '/accounts' }), 201)
      const { authorizeUrl } = (await answer.json()) as { authorizeUrl: string }
      const screen = await platform.consent(authorizeUrl)
      if (screen.location === undefined) throw new Error(`the sandbox shows ${screen.status} and sends nobody back`)
      const { pathname, search } = new URL(screen.location)
      const landed = must(await send('GET', `${pathname}${search}`), 303).headers.get('location') ?? ''
      if (new URL(landed).searchParams.get('checkpoint') !== 'accounts') throw new Error(`the flow ended at ${landed}`)
    },
  }
}
