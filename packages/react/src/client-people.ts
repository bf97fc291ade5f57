import type * as api from './api.ts'
import type { Call } from './client.ts'

/** Ways in. `password` answers with a second step to take where an authenticator app is set up. */
export const signInCalls = (call: Call) => ({
  ways: () => call<api.SignInWays>('GET', '/session/ways'),
  password: (email: string, password: string) =>
    call<api.Session | { secondStep: true }>('POST', '/session/password', { email, password }),
  secondStep: (step: api.SecondStep) => call<api.Session>('POST', '/session/second-step', step),
  passkeyOptions: () => call<api.PasskeyData>('POST', '/session/passkey/options'),
  passkey: (response: api.PasskeyData) => call<api.Session>('POST', '/session/passkey', { response }),
  oidc: () => call<{ url: string }>('POST', '/session/oidc'),
  requestReset: (email: string) => call<void>('POST', '/session/reset-request', { email }),
  reset: (token: string, password: string) => call<void>('POST', '/session/reset', { token, password }),
  invitation: (token: string) => call<api.InvitationSeen>('POST', '/session/invitation', { token }),
  accept: (token: string, input: { name?: string; password?: string }) =>
    call<api.Session>('POST', '/session/invitation/accept', { token, ...input }),
})

/** Oneself. */
export const meCalls = (call: Call) => ({
  get: () => call<api.Me>('GET', '/me'),
  change: (to: {
    name?: string
    email?: string
    password?: string
    timeZone?: string | null
    locale?: string | null
  }) => call<api.Me>('PATCH', '/me', to),
  notifications: () => call<api.Notifications>('GET', '/me/notifications'),
  chooseNotifications: (choices: { kind: string; letter: boolean }[]) =>
    call<api.Notifications>('PUT', '/me/notifications', { choices }),
  setPassword: (password: string, current?: string) =>
    call<void>('PUT', '/me/password', { password, ...(current === undefined ? {} : { current }) }),
  /** Another letter to the address that is not confirmed. */
  askLetter: () => call<void>('POST', '/me/email/letter'),
  confirmEmail: (token: string) => call<api.Me>('POST', '/me/email/confirm', { token }),
  linkOidc: (password?: string) =>
    call<{ url: string }>('POST', '/me/oidc', password === undefined ? {} : { password }),
  unlinkOidc: (password?: string) => call<void>('POST', '/me/oidc/remove', password === undefined ? {} : { password }),
  startTotp: (password?: string) =>
    call<api.TotpStart>('POST', '/me/authenticator', password === undefined ? {} : { password }),
  confirmTotp: (code: string) => call<void>('POST', '/me/authenticator/confirm', { code }),
  endTotp: (password?: string) =>
    call<void>('POST', '/me/authenticator/remove', password === undefined ? {} : { password }),
  passkeyOptions: () => call<api.PasskeyData>('POST', '/me/passkeys/options'),
  addPasskey: (response: api.PasskeyData, name: string) => call<api.Me>('POST', '/me/passkeys', { response, name }),
  removePasskey: (id: string) => call<void>('DELETE', `/me/passkeys/${encodeURIComponent(id)}`),
  sessions: async () => (await call<{ data: api.OwnSession[] }>('GET', '/me/sessions')).data,
  endSession: (id: string) => call<void>('DELETE', `/me/sessions/${encodeURIComponent(id)}`),
  endOtherSessions: () => call<{ ended: number }>('DELETE', '/me/sessions'),
})
