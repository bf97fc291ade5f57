import type * as api from './api.ts'
import type { Call } from './client.ts'

/** The steps of a flow by credentials. All but `hosted` and `seats` answer with the flow as it is then. */
export const credentialCalls = (call: Call, flow: (id: string, rest?: string) => string) => ({
  submitCredentials: (id: string, credentials: api.Credentials) =>
    call<api.Flow>('POST', flow(id, '/credentials'), credentials),
  verifyCheckpoint: (id: string, answer: api.CheckpointAnswer) =>
    call<api.Flow>('POST', flow(id, '/checkpoint'), answer),
  resendCode: (id: string) => call<api.Flow>('POST', flow(id, '/checkpoint/resend')),
  anotherWay: (id: string) => call<api.Flow>('POST', flow(id, '/checkpoint/another-way')),
  /** The service's own page for this, good for one visit. */
  hosted: (id: string) => call<{ url: string }>('POST', flow(id, '/hosted')),
  seats: async (id: string) => (await call<{ data: api.Seat[] }>('GET', flow(id, '/seats'))).data,
  takeSeat: (id: string, seat: string) => call<api.Flow>('POST', flow(id, '/seat'), { seat }),
  /** Gives this attempt up, and goes back to its beginning. */
  restart: (id: string) => call<api.Flow>('POST', flow(id, '/restart')),
})

/** `seen` and `start` are asked with the link itself, by somebody without an account. */
export const connectLinkCalls = (call: Call) => ({
  create: (wanted: api.NewConnectLink) => call<api.CreatedConnectLink>('POST', '/connect-links', wanted),
  withdraw: (id: string) => call<void>('DELETE', `/connect-links/${encodeURIComponent(id)}`),
  seen: (link: string) => call<api.ConnectLinkSeen>('GET', '/connect-link', undefined, link),
  start: (link: string) => call<api.Flow>('POST', '/flows', {}, link),
})
