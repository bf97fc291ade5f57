import type { Answer } from '../../core/ask.ts'
import { challenged, graphError } from '../../graph/errors.ts'
import type { Limit, Settings } from '../settings.ts'
import type { State } from '../state.ts'

const PREFIX = 'Error validating access token:'

/** Subcodes of 190 (developers.facebook.com, "Handle errors"). */
const WORDS: Record<number, string> = {
  458: 'The user has not authorized application.',
  459: 'The user is in a checkpointed state and needs to log in to www.facebook.com.',
  460: 'The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
  463: 'Session has expired.',
  464: 'Sessions for the user are not allowed because the user is not a confirmed user.',
  467: 'The session is invalid because the user logged out.',
  492: 'The user does not have the appropriate role on the Page.',
}

const spelled = (at: number): string =>
  new Date(at).toLocaleString('en-US', { timeZone: 'America/Los_Angeles', dateStyle: 'full', timeStyle: 'long' })

/** What is said of a dead token. Of one that ended by its time, when: no two answers are alike. */
export function deathWords(subcode: number, expiresAt: number | null, now: number): string {
  if (subcode === 463 && expiresAt !== null)
    return `${PREFIX} Session has expired on ${spelled(expiresAt)}. The current time is ${spelled(now)}.`
  return `${PREFIX} ${WORDS[subcode] ?? ''}`
}

/** Texts for the person, in the language that the request asks for. */
const FOR_PEOPLE: Record<number, { en: [string, string]; de: [string, string] }> = {
  459: {
    en: ['You Need to Log In', 'Please log in to www.facebook.com and follow the instructions given.'],
    de: ['Du musst dich anmelden', 'Bitte melde dich auf www.facebook.com an und folge den Anweisungen.'],
  },
  464: {
    en: ['Account Not Confirmed', 'Please log in to www.facebook.com and confirm your account.'],
    de: ['Konto nicht bestätigt', 'Bitte melde dich auf www.facebook.com an und bestätige dein Konto.'],
  },
  368: {
    en: ['You Are Temporarily Blocked', 'It looks like you were misusing this feature by going too fast.'],
    de: ['Du bist vorübergehend blockiert', 'Du hast diese Funktion anscheinend zu schnell genutzt.'],
  },
}

export function forPerson(key: number, locale: string): { title?: string; text?: string } {
  const [title, text] = FOR_PEOPLE[key]?.[locale.startsWith('de') ? 'de' : 'en'] ?? []
  return title === undefined || text === undefined ? {} : { title, text }
}

/** 190 or 102, with its subcode where the token was one once, and the header that goes with it. */
export function tokenDead(
  { settings }: State,
  dead?: { subcode: number; expiresAt: number | null; now: number; locale: string },
): Answer {
  const message = dead
    ? deathWords(dead.subcode, dead.expiresAt, dead.now)
    : 'Invalid OAuth access token - Cannot parse access token'
  const more = dead ? { subcode: dead.subcode, ...forPerson(dead.subcode, dead.locale) } : {}
  return challenged(
    graphError(settings.tokenStatus, { message, code: settings.tokenCode, ...more }),
    'invalid_token',
    message,
  )
}

export function noToken(): Answer {
  const message = 'An active access token must be used to query information about the current user.'
  return challenged(graphError(400, { message, code: 2500 }), 'invalid_token', message)
}

const proofFault = (message: string): Answer => graphError(400, { message, type: 'GraphMethodException', code: 100 })

export const proofMissing = (): Answer => proofFault('API calls from the server require an appsecret_proof argument')

export const proofWrong = (): Answer => proofFault('Invalid appsecret_proof provided in the API argument')

export const noPermission = (permission: string): Answer =>
  graphError(403, { message: `(#200) Requires ${permission} permission to manage the object`, code: 200 })

/** A field that needs a permission of its own. */
export const fieldClosed = (permission: string): Answer =>
  graphError(400, { message: `(#10) This endpoint requires the '${permission}' permission.`, code: 10 })

/** The 90 days are over: unclear in every source, save that the token itself stays valid. */
export function dataAccessOver(how: Exclude<Settings['dataAccess'], 'served'>): Answer {
  const message = "The app's access to this person's data has expired. The person has to log in again."
  if (how === 'permission') return graphError(400, { message: `(#10) ${message}`, code: 10 })
  return challenged(graphError(400, { message, code: 190 }), 'invalid_token', message)
}

export const wrongMethod = (method: string): Answer =>
  graphError(400, {
    message: `Unsupported ${method.toLowerCase()} request.`,
    type: 'GraphMethodException',
    code: 100,
  })

/** Codes and sentences: developers.facebook.com, "Rate limits", and the SDKs' documents. No Retry-After is documented. */
const LIMITS: Record<Limit, { code: number; message: string }> = {
  app: { code: 4, message: '(#4) Application request limit reached' },
  user: { code: 17, message: '(#17) User request limit reached' },
  page: { code: 32, message: '(#32) Page request limit reached' },
  application: { code: 341, message: '(#341) Application limit reached' },
  custom: { code: 613, message: '(#613) Calls to this api have exceeded the rate limit.' },
  'pages-use-case': {
    code: 80001,
    message: '(#80001) There have been too many calls to this Page account. Wait a bit and try again.',
  },
  'instagram-use-case': {
    code: 80002,
    message: '(#80002) There have been too many calls to this Instagram account. Wait a bit and try again.',
  },
}

export const limited = (kind: Limit, status: Settings['limitStatus'] = 400): Answer =>
  graphError(status, { ...LIMITS[kind], transient: kind === 'app' })

/** What has nothing to do with the call. */
export function failure(code: Exclude<Settings['failing'], 'off'>, locale: string): Answer {
  switch (code) {
    case 1:
      return graphError(500, { message: 'An unknown error has occurred.', code, transient: false })
    case 2:
      return graphError(500, {
        message: 'An unexpected error has occurred. Please retry your request later.',
        code,
        transient: true,
      })
    case 3:
      return graphError(400, { message: '(#3) Application does not have the capability to make this API call.', code })
    case 368:
      return graphError(400, {
        message: 'The action attempted has been deemed abusive or is otherwise disallowed',
        code,
        transient: false,
        ...forPerson(368, locale),
      })
  }
}
