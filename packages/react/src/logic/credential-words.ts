import type { Flow, FlowCredentials } from '../api.ts'
import { count } from './words.ts'

/** Where the code is, for the person. `platform`: where they sign in. */
export function codeSentence(method: FlowCredentials['method'], platform: string): string {
  switch (method) {
    case 'sms':
      return `${platform} sent a code to your phone, in a text message.`
    case 'email':
      return `${platform} sent a code to your e-mail.`
    case 'whatsapp':
      return `${platform} sent a code to you on WhatsApp.`
    case 'authenticator':
      return `Open your authenticator app and type the 6 digits that it shows for ${platform}.`
    case 'app':
      return `${platform} shows a code in its app on your phone.`
    case null:
      return `${platform} asks for a code. Look at your messages, your e-mail or your authenticator app.`
  }
}

/** What is done with the password: the first sentence, and the rest. */
export function passwordPromise(
  parts: Pick<FlowCredentials, 'service' | 'platform' | 'keepsPassword' | 'asker'>,
): [string, string] {
  const { service, platform, keepsPassword, asker } = parts
  const nobody = `It is never logged, and nobody at ${asker.name} can read it.`
  return keepsPassword
    ? [
        `Your password is sealed and kept, to sign in to ${platform} through ${service} again without asking you.`,
        `${nobody} It is erased when the access ends.`,
      ]
    : [`Your password is sealed, used to sign in to ${platform} through ${service}, and erased when this ends.`, nobody]
}

/** Said only where it begins to matter. */
export const triesSentence = (left: number): string | null =>
  left > 2 ? null : left === 0 ? 'No tries are left this hour.' : `${count(left, 'try', 'tries')} left this hour.`

/** What a finished flow says. */
export function connectedSentence({ outcome, identity }: Pick<Flow, 'outcome' | 'identity'>): string {
  if (outcome === 'updated') return 'It was connected already. We refreshed it.'
  return identity === null ? 'You are signed in.' : `You are there as ${identity.label}.`
}
