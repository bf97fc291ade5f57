import { redirect } from '../../core/answer.ts'
import { type Answer, type Ask, field, form } from '../../core/ask.ts'
import { fromAnotherSite } from '../../core/sessions.ts'
import { current, type Outcome, pass, type Refusal, resend, settle, solve, start, TRY_ANOTHER_WAY } from '../intents.ts'
import type { Intent, Link } from '../state.ts'
import type { World } from '../world.ts'
import { living, wayBack } from './links.ts'
import { checkpointPage, deadLinkPage, donePage, failedPage, signInPage } from './pages.ts'

/** What the page says of a refusal. */
const SAYS: Record<Refusal, string> = {
  'wrong-credentials': 'The password is not right.',
  'another-person': 'This is another account than the one to reconnect.',
  'already-linked': 'This account is connected already.',
  restricted: 'LinkedIn has restricted this account.',
  limited: 'LinkedIn asks to wait: too many attempts.',
  down: 'The service is not available. Try again.',
  running: 'A sign-in of this account is under way.',
  captcha: 'Show that you are a person.',
  'wrong-code': 'The code is not right.',
  killed: 'Too many attempts failed.',
  expired: 'The time to sign in is over.',
  cancelled: 'A later sign-in took the place of this one.',
  unknown: 'The sign-in is over.',
  'too-soon': 'The code was sent a moment ago.',
  'nothing-to-send': 'Nothing can be sent again.',
}
/** After these the person is sent back: nothing on the page can help. */
const ENDS: readonly Refusal[] = ['already-linked', 'restricted', 'killed', 'expired', 'cancelled', 'unknown']

function leave(link: Link, account: string | undefined, why: string): Answer {
  link.used = true
  const to = wayBack(link, account, why)
  if (to !== undefined) return redirect(to, 303)
  return account === undefined ? failedPage(why) : donePage()
}

/** The attempt of this page: undefined before the person signed in. */
function attempt({ state, clock }: World, link: Link): Intent | Refusal | undefined {
  return link.intent === undefined ? undefined : current(state, link.intent, link.generation, clock.now())
}

/** The page as it stands; the way back once the account was linked without it. */
function show(world: World, link: Link, said?: string): Answer {
  const intent = attempt(world, link)
  if (link.intent !== undefined && intent === 'unknown' && world.state.seats.has(link.intent))
    return leave(link, link.intent, '')
  if (typeof intent === 'string') return leave(link, undefined, SAYS[intent])
  const step = intent?.steps[0]
  return step ? checkpointPage(link, step, said) : signInPage(link, said)
}

function refuse(world: World, link: Link, why: Refusal): Answer {
  return ENDS.includes(why) ? leave(link, undefined, SAYS[why]) : show(world, link, SAYS[why])
}

function answered(world: World, link: Link, outcome: Outcome): Answer {
  if (outcome.kind === 'refused') return refuse(world, link, outcome.why)
  if (outcome.kind === 'linked') return { ...leave(link, outcome.seat.id, ''), afterMs: outcome.afterMs }
  return show(world, link)
}

function signIn(world: World, link: Link, fields: URLSearchParams): Answer {
  const { state, clock } = world
  const { generation, disabled, name } = link
  const credentials = { username: field(fields, 'username') ?? '', password: field(fields, 'password') ?? '' }
  const wishes = {
    ...{ method: 'credentials' as const, country: null, premium: false, disabled },
    state: generation === 'v2' ? (name ?? null) : null,
  }
  const seat = state.seats.get(link.reconnects ?? '')
  return answered(world, link, start(state, { generation, credentials, wishes, seat, link }, clock.now()))
}

/** `GET /{token}` */
export function openHosted(world: World, ask: Ask): Answer {
  const { state, clock } = world
  settle(state, clock.now())
  const link = living(state.links.get(ask.params.token ?? ''), clock.now())
  return link ? show(world, link) : deadLinkPage()
}

/** `POST /{token}`: the buttons of the page. */
export function stepHosted(world: World, ask: Ask): Answer {
  if (fromAnotherSite(ask)) return failedPage('This form was sent from another site.')
  const { state, clock } = world
  const now = clock.now()
  settle(state, now)
  const link = living(state.links.get(ask.params.token ?? ''), now)
  if (!link) return deadLinkPage()
  const fields = form(ask) ?? new URLSearchParams()
  const press = field(fields, 'press')
  const intent = attempt(world, link)
  if (press === 'cancel') {
    if (link.intent !== undefined) state.intents.delete(link.intent)
    return leave(link, undefined, 'The person left.')
  }
  if (press === 'sign-in' && intent === undefined) return signIn(world, link, fields)
  if (intent === undefined || typeof intent === 'string') return show(world, link)
  const waits = intent.steps[0]?.type
  if (press === 'solve')
    return answered(world, link, solve(state, intent.id, link.generation, field(fields, 'code') ?? '', now))
  if (press === 'another-way')
    return answered(world, link, solve(state, intent.id, link.generation, TRY_ANOTHER_WAY, now))
  if (press === 'resend') {
    const sent = resend(state, intent.id, link.generation, now)
    return typeof sent === 'string' ? refuse(world, link, sent) : show(world, link, 'Another code is on its way.')
  }
  if ((press === 'captcha' && waits === 'CAPTCHA') || (press === 'approve' && waits === 'IN_APP_VALIDATION'))
    return answered(world, link, pass(state, intent, now))
  return show(world, link, 'Press one of the buttons of the page.')
}
