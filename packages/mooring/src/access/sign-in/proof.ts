/** That it is still the person who signed in: asked before anything that opens another way in. */
import { MooringError } from '../../error.ts'
import { refusal } from './answers.ts'
import type { Asking, Door, SignInOptions } from './door.ts'
import type { FoundSession } from './library.ts'
import type { Tries } from './tries.ts'

/** Who has no password shows that they signed in within the day: the library's own measure for passkeys. */
const FRESH_MS = 86_400_000

export type Proof = ReturnType<typeof createProof>

export function createProof({ opened, ask, requirePresent }: Door, tries: Tries, { runtime, store }: SignInOptions) {
  /** `work` is what judges the password. Throws `sign_in_failed`, `sign_in_again`, `rate_limited`. */
  async function proved<T>(asking: Asking, password: string | undefined, work: () => Promise<T>): Promise<T> {
    const found = await requirePresent(asking)
    if (!(await (await opened()).library.hasPassword(found.person))) {
      if (runtime.now() - found.startedAt.getTime() > FRESH_MS) throw refusal(403, { code: 'SESSION_NOT_FRESH' }, null)
      return work()
    }
    if (password === undefined) throw refusal(400, { code: 'INVALID_PASSWORD' }, null)
    return tries.attempt(found.person, work)
  }

  return {
    proved,
    /** Answers with who it is. Throws as `proved`. */
    async require(asking: Asking, password: string | undefined): Promise<FoundSession> {
      const { library } = await opened()
      const found = await requirePresent(asking)
      const has = await library.hasPassword(found.person)
      await proved(
        asking,
        password,
        async () => void (has && (await ask(asking, 'POST', '/verify-password', { password }))),
      )
      return found
    },
    /** What is left to come in by, where one way goes. Throws `conflict`. */
    async requireOtherWay(person: string, going: 'passkey' | 'oidc', passkeys: number): Promise<void> {
      const { library } = await opened()
      // Whoever runs the server has the terminal's link.
      if ((await store.people.byId(person))?.operator) return
      const others = going === 'passkey' ? passkeys - 1 + Number(await library.linked(person)) : passkeys
      if (others > 0 || (await library.hasPassword(person))) return
      throw new MooringError('conflict', 'It is your only way in. Set a password first.')
    },
  }
}
