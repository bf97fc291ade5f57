/** Asks the platform what it knows of a token. */
import { isMooringError, MooringError } from '../error.ts'
import type { Introspection, Provider, Registration } from '../provider.ts'
import type { Runtime } from '../runtime.ts'
import type { Client } from './authorize.ts'
import { grantParts, sendGrant } from './grant-request.ts'
import { refusalFault, silence, unreadable } from './token-fault.ts'
import { readAnswer, readJson } from './wire.ts'

/**
 * Undefined where the platform cannot be asked, or may refuse to tell and does. Throws MooringError as a token request does, but never `reauthorize`:
 * that a token is over is an answer (`active: false`), not a refusal.
 */
export async function introspect(
  runtime: Runtime,
  parts: { provider: Provider; client: Client; token: string } & Pick<Registration, 'settings'>,
): Promise<Introspection | undefined> {
  const { provider, client, token } = parts
  if (!provider.introspection) return undefined
  try {
    const response = await sendGrant(runtime, provider.introspection.request(grantParts(parts, token, 'access_token')))
    const { status, headers } = response
    if (!response.ok) {
      const seen = await readAnswer(response, runtime.now())
      const fault = refusalFault(provider, 'refresh', { ...seen, secrets: [token, client.clientSecret] })
      const unsaid = fault.code === 'reauthorize' || fault.code === 'provider_answer_invalid'
      if (unsaid && provider.introspection.mayRefuse) {
        const { detail, providerCode } = fault
        runtime.log.info({ provider: provider.id, detail, providerCode }, 'the platform does not tell of a token')
        return undefined
      }
      throw fault.code === 'reauthorize' ? refused(provider, fault) : fault
    }
    const body = await readJson(response)
    if (body === undefined) throw unreadable(provider, `${status} without JSON, asked about a token`)
    return provider.introspection.read({ status, headers, body })
  } catch (thrown) {
    throw isMooringError(thrown) ? thrown : silence(provider, thrown)
  }
}

const refused = (provider: Provider, { detail, providerCode }: MooringError) =>
  new MooringError('provider_answer_invalid', `${provider.name} did not say what it knows of this.`, {
    detail,
    providerCode,
  })
