/** The two calls that a product's server makes: one that lets a browser connect, one that says who came back. */

const base = process.env.MOORING_URL ?? 'http://localhost:8003'
const key = process.env.MOORING_API_KEY ?? ''

async function call<T>(path: string, body: unknown): Promise<T> {
  const response = await fetch(`${base}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = await response.json()
  // `code` is stable, `detail` is a sentence for the person.
  if (!response.ok) throw new Refused(answer.code, answer.detail)
  return answer
}

export class Refused extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export interface Asking {
  user: { id: string; name: string }
  company: { id: string; name: string }
  /** This product's own address. */
  origin: string
}

/** Where to send the browser: to Mooring's page, once. */
export async function connectUrl({ user, company, origin }: Asking): Promise<string> {
  const session = await call<{ url: string }>('/connect-sessions', {
    workspace: { externalId: company.id, name: company.name },
    endUser: { id: user.id, name: user.name },
    providers: ['linkedin'],
    returnTo: `${origin}/settings`,
    completeAt: `${origin}/settings/connected`,
  })
  return session.url
}

export interface Completed {
  /** Where to send the browser next: to the choice of accounts, or back. */
  next: string
  flow: { connectionId: string; identity: { label: string } }
}

/** `user` is who is signed in HERE, in the browser that brought the code: never what a form or an address says. */
export const complete = (flow: string, code: string, user: string): Promise<Completed> =>
  call(`/flows/${encodeURIComponent(flow)}/complete`, { code, endUser: { id: user } })
