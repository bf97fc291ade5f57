/** Somebody who is signed in, about themselves: where they are signed in, their password, second step and passkeys. */
import { ownAddress } from './address.ts'
import { refusal } from './answers.ts'
import type { Asking, Door, SignInOptions } from './door.ts'
import { createProof } from './proof.ts'
import { requireStrong } from './strength.ts'
import type { Tries } from './tries.ts'
import type { StoredSession } from './values.ts'

export function ownAccount(door: Door, tries: Tries, options: SignInOptions) {
  const { opened, ask, requirePresent } = door
  const { store } = options
  const proof = createProof(door, tries, options)
  const address = ownAddress(door, proof, options)
  const passkeys = async (asking: Asking) => {
    const { body } = await ask(asking, 'GET', '/passkey/list-user-passkeys')
    return body as unknown as { id: string; name: string | null; createdAt: string; backedUp: boolean }[]
  }

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
    /** Throws as the change of an address. */
    async change(
      asking: Asking,
      person: string,
      wanted: { name?: string | undefined; email?: string | undefined; password?: string | undefined },
    ) {
      const { library } = await opened()
      if (wanted.email !== undefined) await address.change(asking, person, wanted.email, wanted.password)
      if (wanted.name !== undefined) await library.change(person, { name: wanted.name })
    },
    address,
    async hasPassword(person: string): Promise<boolean> {
      return (await opened()).library.hasPassword(person)
    },
    /** Ends all other sessions. Throws `weak_password`, `sign_in_failed` where the one of now is wrong. */
    async setPassword(asking: Asking, current: string | undefined, password: string): Promise<void> {
      const found = await requirePresent(asking)
      const { library, values } = await opened()
      const person = await store.people.byId(found.person)
      await requireStrong(password, [person?.email ?? null, person?.name ?? null])
      const has = await library.hasPassword(found.person)
      await proof.proved(asking, current, async () => {
        if (has) await ask(asking, 'POST', '/change-password', { currentPassword: current, newPassword: password })
        else await library.setPassword(found.person, await library.hash(password))
      })
      await values.endSessions(found.person, found.token)
    },

    /** Throws as a proof does, and `vault_unknown_key` while what it would be encrypted under is not there. */
    async startTotp(asking: Asking, password: string | undefined) {
      await door.requireLasting()
      const enable = () => ask(asking, 'POST', '/two-factor/enable', { ...(password ? { password } : {}) })
      const { body } = await proof.proved(asking, password, enable)
      return { uri: String(body.totpURI), backupCodes: body.backupCodes as string[] }
    },
    async confirmTotp(asking: Asking, code: string) {
      const { person } = await requirePresent(asking)
      const { cookies } = await ask(asking, 'POST', '/two-factor/verify-totp', { code: code.trim() })
      await (await opened()).values.forget(person)
      return { cookies }
    },
    async endTotp(asking: Asking, password: string | undefined) {
      const { person } = await requirePresent(asking)
      if (!(await store.people.byId(person))?.two_factor_enabled) throw refusal(400, { code: 'TOTP_NOT_ENABLED' }, null)
      const disable = () => ask(asking, 'POST', '/two-factor/disable', { ...(password ? { password } : {}) })
      const { cookies } = await proof.proved(asking, password, disable)
      await (await opened()).values.forget(person)
      return { cookies }
    },

    /** Whether they can come in by the OpenID provider. */
    linked: async (person: string): Promise<boolean> => (await opened()).library.linked(person),
    /** Throws as a proof does, and `conflict` where it is the only way in. False: none is linked. */
    async unlink(asking: Asking, password: string | undefined): Promise<boolean> {
      const { person } = await proof.require(asking, password)
      const { library } = await opened()
      if (!(await library.linked(person))) return false
      await proof.requireOtherWay(person, 'oidc', (await passkeys(asking)).length)
      await library.unlink(person)
      return true
    },
    /** Who links another way in proves it first. Throws as a proof does. */
    prove: (asking: Asking, password: string | undefined) => proof.require(asking, password),

    passkeyRegistration: (asking: Asking) => ask(asking, 'GET', '/passkey/generate-register-options'),
    async addPasskey(asking: Asking, response: Record<string, unknown>, name: string) {
      return (await ask(asking, 'POST', '/passkey/verify-registration', { response, name })).body
    },
    passkeys,
    /** Throws `conflict` where it is the only way in. False: it is not theirs. */
    async removePasskey(asking: Asking, id: string): Promise<boolean> {
      const { person } = await requirePresent(asking)
      const all = await passkeys(asking)
      if (!all.some((one) => one.id === id)) return false
      await proof.requireOtherWay(person, 'passkey', all.length)
      await ask(asking, 'POST', '/passkey/delete-passkey', { id })
      return true
    },
  }
}
