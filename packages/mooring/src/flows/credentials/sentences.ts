/** What stopped an attempt, for the person: each says what to do. Pure. */
import type { ErrorCode } from '../../error.ts'
import type { Refusal } from '../../provider-credentials.ts'

export interface Told {
  code: ErrorCode
  message: string
}

export interface Names {
  /** Whose account it is: "LinkedIn". */
  platform: string
  /** Through whom: "Unipile". */
  service: string
  /** Whom a reconnect is for. */
  label?: string | undefined
  /** Seconds until another try makes sense. */
  wait?: number | undefined
  /** The service's own page can go on. */
  hosted?: boolean
}

const minutes = (seconds: number): string => (seconds <= 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`)

export function told(why: Refusal, { platform, service, label, wait, hosted }: Names): Told {
  const goOn = wait === undefined ? 'Try again later.' : `Go on in ${minutes(wait)}.`
  switch (why) {
    case 'credentials':
      return {
        code: 'credentials_refused',
        message: `${platform} does not take this e-mail and password. Check both, then try again.`,
      }
    case 'code':
      return { code: 'checkpoint_refused', message: 'That code is not right. Look at the newest one and try again.' }
    case 'expired':
      return {
        code: 'attempt_expired',
        message: 'The five minutes for this are over. Sign in again, and have your phone at hand.',
      }
    case 'locked':
      return {
        code: 'account_locked',
        message: `${platform} has locked this account. Sign in at ${platform} in your browser, do what it asks, then try again here.`,
      }
    case 'limited':
      return { code: 'rate_limited', message: `Too many tries for ${platform}. ${goOn}` }
    case 'unavailable':
      return {
        code: 'provider_unavailable',
        message: `${service} is not answering. Nothing was changed. Try again in a minute.`,
      }
    case 'unsolvable':
      return {
        code: 'checkpoint_unsolvable',
        message: hosted
          ? `${platform} asks for something that only its own page can show. Go on there.`
          : `${platform} asks for something that cannot be done here. Sign in at ${platform} in your browser once, then try again.`,
      }
    case 'other_person':
      return {
        code: 'wrong_identity',
        message: `That is another ${platform} account.${label === undefined ? '' : ` Sign in as ${label}.`}`,
      }
    case 'busy':
      return {
        code: 'attempt_busy',
        message: 'A sign-in of this account is under way already. Wait a minute, then try again.',
      }
    case 'too_soon':
      return { code: 'too_soon', message: `A new code cannot be asked for yet. ${goOn}` }
    case 'gone':
      return { code: 'not_found', message: `${service} does not have this seat any more. Sign in to it again.` }
    case 'taken':
      return {
        code: 'conflict',
        message: `${service} has this ${platform} account already. If it is connected here, reconnect it; else it has to be removed at ${service} first.`,
      }
    case 'operator':
      return {
        code: 'misconfigured',
        message: `We have to fix this, not you. ${service} refuses this server's key.`,
      }
    case 'ours':
      return { code: 'provider_answer_invalid', message: `${service} did not understand us. We have to fix this.` }
  }
}

export const INTERRUPTED: Told = {
  code: 'attempt_interrupted',
  message: 'The server was interrupted while it signed in. Your password was erased. Please sign in again.',
}

/** Of a service's own page. */
export const PAGE_OVER: Told = {
  code: 'attempt_expired',
  message: 'The page was not finished in time. Please sign in again.',
}
