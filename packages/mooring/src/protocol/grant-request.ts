/** A provider's own request to its OAuth endpoints, sent as it is. Its address may hold secrets: it is never told to anybody. */
import type { GrantParts, GrantRequest, Registration } from '../provider.ts'
import type { Runtime } from '../runtime.ts'
import type { Client } from './authorize.ts'

export const grantParts = (
  { client, settings = {} }: { client: Client; settings?: Registration['settings'] },
  token: string,
  kind: GrantParts['kind'],
): GrantParts => ({ token, kind, clientId: client.clientId, clientSecret: client.clientSecret ?? '', settings })

export async function sendGrant(runtime: Runtime, { method, url, params, headers }: GrantRequest): Promise<Response> {
  const address = new URL(url)
  const form = new URLSearchParams(params)
  if (method !== 'POST') for (const [name, value] of form) address.searchParams.set(name, value)
  return runtime.fetch(address.href, {
    method,
    headers: { accept: 'application/json', ...headers },
    ...(method === 'POST' ? { body: form } : {}),
  })
}
