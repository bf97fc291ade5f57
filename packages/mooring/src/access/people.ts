/** Members of a workspace, and how one becomes one: an invitation by link, good for seven days, once. */
import { MooringError } from '../error.ts'
import type { Runtime } from '../runtime.ts'
import type { Judge, Member } from '../store/members.ts'
import { type InvitationRow, signInFirst } from '../store/people.ts'
import type { Store } from '../store/store.ts'
import { mayGive, type Role } from './permissions.ts'
import { isNarrow, type Principal } from './principal.ts'
import type { SignInMail } from './sign-in/mail.ts'
import type { Asking, SignIn } from './sign-in/sign-in.ts'
import { hashOf } from './sign-in/values.ts'

const INVITATION_MS = 7 * 24 * 3_600_000

export interface People {
  members(workspace: string): Promise<Member[]>
  invitations(workspace: string): Promise<InvitationRow[]>
  /** `link` is given once. `sent`: a letter went to them. Throws `forbidden`, `conflict`. */
  invite(who: Principal, email: string, role: Role): Promise<{ row: InvitationRow; link: string; sent: boolean }>
  /** Throws `forbidden` for an invitation to more than who asks may give. False: there is none. */
  withdraw(who: Principal, id: string): Promise<boolean>
  /** Throws `forbidden`, `not_found`, and `conflict` for the last owner. */
  setRole(who: Principal, person: string, role: Role): Promise<void>
  /** Anybody may leave. Ends nothing else of theirs. Throws as setRole. */
  remove(who: Principal, person: string): Promise<void>
  /** What an invitation says before it is taken. `known`: the address has an account here, whose password is asked. */
  invitation(
    token: string,
  ): Promise<{ workspace: string; email: string; role: Role; invitedBy: string; known: boolean }>
  /** Makes the person where the address is new, and signs in. Throws `link_over`, `weak_password`, `conflict`. */
  accept(
    asking: Asking,
    token: string,
    input: { name: string; password: string } | undefined,
  ): Promise<{ cookies: string[]; person: string; workspace: string }>
}

export interface PeopleOptions {
  runtime: Runtime
  store: Store
  signIn: SignIn
  mail: SignInMail | undefined
  baseUrl: string
}

export function createPeople({ runtime, store, signIn, mail, baseUrl }: PeopleOptions): People {
  const { people, members } = store
  const now = () => new Date(runtime.now())

  const wanted = async (token: string) => {
    const row = await people.invitation(hashOf(token), now())
    if (row) return row
    throw over()
  }
  return {
    members: (workspace) => members.list(workspace),
    invitations: (workspace) => members.invitations(workspace, now()),

    async invite(who, email, role) {
      const address = email.toLowerCase()
      if ((await members.list(who.workspace)).some((one) => one.email === address))
        throw new MooringError('conflict', 'They are a member already.')
      const token = runtime.random(32).toString('base64url')
      const wanted = {
        id: runtime.uuid(),
        token_hash: hashOf(token),
        email: address,
        role,
        invited_by: who.name,
        invited_by_id: memberIn(who) ?? null,
        created_at: now(),
        expires_at: new Date(runtime.now() + INVITATION_MS),
      }
      const row = await members.invite(who.workspace, wanted, judgeOf(who))
      const link = `${baseUrl}/invitation#${token}`
      const workspace = (await store.workspaces.byId(who.workspace))?.name ?? ''
      const sent = await (mail?.invite(address, { link, workspace, by: who.name }) ?? Promise.resolve()).then(
        () => mail !== undefined,
        (error) => {
          // The link in the answer still works: the letter is what failed.
          runtime.log.error({ fault: (error as MooringError).detail }, 'a letter with an invitation was not sent')
          return false
        },
      )
      return { row, link, sent }
    },
    withdraw: (who, id) => members.withdraw(who.workspace, id, memberIn(who), judgeOf(who)),

    async setRole(who, person, role) {
      const judge = judgeOf(who)
      const done = await members.setRole(who.workspace, person, role, memberIn(who), (of, by) => {
        judge(of, by)
        judge(role, by)
      })
      requireDone(done)
    },
    async remove(who, person) {
      const leaves = who.kind === 'person' && who.id === person
      requireDone(await members.remove(who.workspace, person, memberIn(who), leaves ? () => {} : judgeOf(who)))
    },

    async invitation(token) {
      const row = await wanted(token)
      const known = (await people.byEmail(row.email)) !== undefined
      return { workspace: row.workspace, email: row.email, role: row.role, invitedBy: row.invited_by, known }
    },

    async accept(asking, token, input) {
      const row = await wanted(token)
      const known = await people.byEmail(row.email)
      if (known) {
        const present = await signIn.present(asking)
        if (present?.person !== known.id) throw signInFirst(row.email)
        if (!(await people.accept(hashOf(token), { id: known.id }, now()))) throw over()
        return { cookies: present.cookies, person: known.id, workspace: row.workspace_id }
      }
      if (!input)
        throw new MooringError('invalid_request', 'Say your name and choose a password.', {
          fields: [
            { path: 'name', message: 'is missing' },
            { path: 'password', message: 'is missing' },
          ],
        })
      const hash = await signIn.hashPassword(input.password, [row.email, input.name])
      const person = { id: runtime.uuid(), name: input.name, password: { id: runtime.uuid(), hash } }
      if (!(await people.accept(hashOf(token), person, now()))) throw over()
      return { ...(await signIn.enter(asking, person.id)), workspace: row.workspace_id }
    },
  }
}

/** The id by which who asks may be a member here: a key and a host's own user are none. */
const memberIn = (who: Principal): string | undefined => (who.kind === 'person' ? who.id : undefined)

/** An API key that may write members gives what an owner may: it was made by somebody who runs the server. */
function judgeOf(who: Principal): Judge {
  if (who.kind === 'key') return () => {}
  return (of, by) => {
    if (isNarrow(who)) throw new MooringError('forbidden', 'This may connect, and nothing else.')
    // Of a person the role of this moment, which may be less than when they asked.
    const own = who.kind === 'person' ? by : who.role
    if (own !== undefined && mayGive(own, of)) return
    throw new MooringError('forbidden', `As ${own ?? 'no member'} here you may not do that to an ${of}.`)
  }
}

function requireDone(done: 'set' | 'removed' | 'none' | 'last'): void {
  if (done === 'none') throw new MooringError('not_found', 'There is no such member.')
  if (done === 'last')
    throw new MooringError('conflict', 'A workspace keeps an owner. Make somebody else an owner first.')
}

const over = () =>
  new MooringError('link_over', 'This invitation was used already, withdrawn, or is too old. Ask for a new one.')
