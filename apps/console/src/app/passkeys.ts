/** The browser's own questions for passkeys (WebAuthn), and what their refusals mean. */
import { ApiProblem, type PasskeyData } from '@mooring/react'
import { startAuthentication, startRegistration } from '@simplewebauthn/browser'

type Asked = Parameters<typeof startAuthentication>[0]['optionsJSON']
type Made = Parameters<typeof startRegistration>[0]['optionsJSON']

export const askPasskey = (options: PasskeyData): Promise<PasskeyData> =>
  told(async () => ({ ...(await startAuthentication({ optionsJSON: options as unknown as Asked })) }))

export const makePasskey = (options: PasskeyData): Promise<PasskeyData> =>
  told(async () => ({ ...(await startRegistration({ optionsJSON: options as unknown as Made })) }))

async function told(ask: () => Promise<PasskeyData>): Promise<PasskeyData> {
  try {
    return await ask()
  } catch (error) {
    throw new ApiProblem({ code: 'passkey', status: 0, message: sentence(error instanceof Error ? error.name : '') })
  }
}

/** The names that browsers give: https://www.w3.org/TR/webauthn-3/#sctn-op-exceptions */
function sentence(name: string): string {
  if (name === 'InvalidStateError') return 'This device has a passkey for you here already.'
  if (name === 'NotAllowedError' || name === 'AbortError') return 'No passkey was used. Try again, or take another way.'
  return 'This browser cannot use passkeys at this address.'
}
