/** The headers of a page of ours with a form that leads elsewhere. */
import type { Context } from 'hono'
import type { Vars } from './context.ts'

export interface FormPage {
  /** An origin that the form's answer may lead to, beside https and loopback. */
  leadsTo?: string | undefined
  /** One of our own files runs there. */
  script?: boolean
}

/**
 * The form's answer redirects to a platform or to a host's page: `form-action` is held against redirects too, so it names
 * https and loopback.
 */
export function formHeaders(c: Context<Vars>, { leadsTo = '', script = false }: FormPage = {}): void {
  c.header('Cache-Control', 'no-store')
  // No address, but our own site still shows in Origin on the form's POST, which the same-origin rule reads.
  c.header('Referrer-Policy', 'same-origin')
  const forms = `'self' https: http://127.0.0.1:* http://localhost:* ${leadsTo}`.trim()
  const scripts = script ? " script-src 'self';" : ''
  c.header(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'unsafe-inline';${scripts} form-action ${forms}; frame-ancestors 'none'; base-uri 'none'`,
  )
}
