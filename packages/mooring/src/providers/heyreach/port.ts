import type { CredentialsPort, Step } from '../../provider-credentials.ts'
import { post } from '../seats.ts'
import { done } from './errors.ts'
import { byId, seats, standingOf } from './seats.ts'
import { begunOf, polledOf, removedOf, solvedOf, verification } from './senders.ts'
import { addsSeats, BASE, connectUrl, senderUrl, verifyUrl } from './settings.ts'

const OFF: Step = { is: 'refused', why: 'unsolvable' }

export const credentials = {
  platform: 'LinkedIn',
  pages: [],
  keyHeader: 'X-API-KEY',
  // Assumed, with all else of adding a seat. Nothing resends a code.
  attemptSeconds: 300,
  resendSeconds: 0,
  watchSeconds: 900,
  ways: (settings) => ({ password: addsSeats(settings), existing: true, hosted: false }),
  unverified:
    'HeyReach does not publish how a LinkedIn account is added by e-mail and password. This way is assumed, and may not work: adding the account in HeyReach’s own app always does.',
  keeps: () => false,
  // Judged by its status alone: the body may be empty, and says nothing of the workspace.
  checkKey: async ({ call }) => done(await call({ url: `${BASE}/auth/CheckApiKey` })),
  begin: async ({ call, settings }, { username, password }, seat) =>
    addsSeats(settings) ? begunOf(await call(post(connectUrl(settings), { email: username, password })), seat) : OFF,
  solve: async ({ call, settings }, attempt, answer) =>
    solvedOf(await call(post(verifyUrl(settings), verification(attempt, answer)))),
  poll: async ({ call, settings }, attempt) => polledOf(await call({ url: senderUrl(settings, attempt) })),
  seats,
  standing: async ({ call }, seat) => standingOf(await call(byId(seat))),
  // Nothing that is documented removes one: it stays at HeyReach.
  remove: async ({ call, settings }, seat) =>
    addsSeats(settings) ? removedOf(await call({ method: 'DELETE', url: senderUrl(settings, seat) })) : undefined,
} satisfies CredentialsPort
