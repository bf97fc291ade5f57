/** Somebody who is signed in, about themselves: where they are signed in, their password, second step and passkeys. */
import { MooringError } from '../../error.ts'
import { refusal } from './answers.ts'
import type { Asking, Door, SignInOptions } from './door.ts'
import { requireStrong } from './strength.ts'
import type { StoredSession } from './values.ts'

export function ownAccount({ opened, ask, requirePresent }: Door, { store }: SignInOptions) {
  return {
    async sessions(asking: Asking): Promise<(StoredSession & { current: boolean })[]> {
      const found = await requirePresent(asking)
      const { values } = await opened()
      const all = await values.sessions(found.person)
      return all
        .map((one) => ({ ...one, current: one.id === found.id }))
        .sort((a, b) => Number(b.current) - Number(a.current) || b.usedAt.getTime() - a.usedAt.getTime())
    },
    async endSession(asking: Asking, id: string): Promise<boolean> {
      const found = await requirePresent(asking)
      const { values } = await opened()
      const one = (await values.sessions(found.person)).find((session) => session.id === id)
      if (one) await values.endSession(one)
      return one !== undefined
    },
    async endOtherSessions(asking: Asking): Promise<number> {
      const found = await requirePresent(asking)
      const { values } = await opened()
      return values.endSessions(found.person, found.token)
    },
    /**
     * Another address is another way to a new password, so whoever has a password says it. Throws `sign_in_failed`, and
     * `conflict` where another person has this address.
     */
    async change(
      asking: Asking,
      person: string,
      {
        name,
        email,
        password,
      }: { name?: string | undefined; email?: string | undefined; password?: string | undefined },
    ) {
      const now = await store.people.byId(person)
      const address = email?.toLowerCase() === now?.email ? undefined : email?.toLowerCase()
      if (address !== undefined && (await (await opened()).library.hasPassword(person))) {
        if (password === undefined) throw refusal(400, { code: 'INVALID_PASSWORD' }, null)
        await ask(asking, 'POST', '/verify-password', { password })
      }
      const other = address === undefined ? undefined : await store.people.byEmail(address)
      if (other && other.id !== person)
        throw new MooringError('conflict', 'Another person here has this e-mail address.', {
          fields: [{ path: 'email', message: 'is taken' }],
        })
      const { library } = await opened()
      await library.change(person, {
        ...(name === undefined ? {} : { name }),
        ...(address === undefined ? {} : { email: address, emailVerified: false }),
      })
    },
    async hasPassword(person: string): Promise<boolean> {
      return (await opened()).library.hasPassword(person)
    },
    /** Ends all other sessions. Throws `weak_password`, `sign_in_failed` where the one of now is wrong. */
    async setPassword(asking: Asking, current: string | undefined, password: string): Promise<void> {
      const found = await requirePresent(asking)
      const { library, values } = await opened()
      const person = await store.people.byId(found.person)
      await requireStrong(password, [person?.email ?? null, person?.name ?? null])
      if (await library.hasPassword(found.person)) {
        if (current === undefined) throw refusal(400, { code: 'INVALID_PASSWORD' }, null)
        await ask(asking, 'POST', '/change-password', { currentPassword: current, newPassword: password })
      } else {
        await library.setPassword(found.person, await library.hash(password))
      }
      await values.endSessions(found.person, found.token)
    },

    async startTotp(asking: Asking, password: string | undefined) {
      const { body } = await ask(asking, 'POST', '/two-factor/enable', { ...(password ? { password } : {}) })
      return { uri: String(body.totpURI), backupCodes: body.backupCodes as string[] }
    },
    async confirmTotp(asking: Asking, code: string) {
      const { cookies } = await ask(asking, 'POST', '/two-factor/verify-totp', { code: code.trim() })
      return { cookies }
    },
    async endTotp(asking: Asking, password: string | undefined) {
      const { person } = await requirePresent(asking)
      if (!(await store.people.byId(person))?.two_factor_enabled) throw refusal(400, { code: 'TOTP_NOT_ENABLED' }, null)
      const { cookies } = await ask(asking, 'POST', '/two-factor/disable', { ...(password ? { password } : {}) })
      return { cookies }
    },

    passkeyRegistration: (asking: Asking) => ask(asking, 'GET', '/passkey/generate-register-options'),
    async addPasskey(asking: Asking, response: Record<string, unknown>, name: string) {
      return (await ask(asking, 'POST', '/passkey/verify-registration', { response, name })).body
    },
    async passkeys(asking: Asking) {
      const { body } = await ask(asking, 'GET', '/passkey/list-user-passkeys')
      return body as unknown as { id: string; name: string | null; createdAt: string; backedUp: boolean }[]
    },
    async removePasskey(asking: Asking, id: string): Promise<void> {
      await ask(asking, 'POST', '/passkey/delete-passkey', { id })
    },
  }
}
