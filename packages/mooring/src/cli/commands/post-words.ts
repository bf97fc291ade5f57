/** What `mooring post` understands and says. Pure, but for the look at the accounts. */
import { z } from 'zod'
import { MooringError } from '../../error.ts'
import type { Client } from '../client.ts'
import { EXIT } from '../exit.ts'
import { table } from '../format.ts'

const Account = z.object({
  id: z.string(),
  provider: z.string(),
  providerName: z.string(),
  label: z.string(),
  handle: z.string().nullable(),
})
const Delivery = z.object({
  state: z.string(),
  account: Account,
  dueAt: z.string().nullable(),
  permalink: z.string().nullable(),
  warning: z.string().nullable(),
  problem: z.object({ message: z.string() }).nullable(),
})
export const PostShape = z.object({ id: z.string(), state: z.string(), deliveries: z.array(Delivery) }).loose()
export type Post = z.infer<typeof PostShape>
const Targets = z.object({ data: z.array(z.object({ account: Account })) })
const Ran = z.object({
  accounts: z.array(
    z.object({
      accountId: z.string(),
      ok: z.boolean(),
      issues: z.array(z.object({ severity: z.string(), message: z.string(), at: z.string() })),
    }),
  ),
  requests: z.array(
    z.object({
      accountId: z.string(),
      steps: z.array(
        z.object({
          name: z.string(),
          method: z.string(),
          url: z.string(),
          headers: z.record(z.string(), z.string()),
          body: z.string().nullable(),
        }),
      ),
    }),
  ),
})

/** The ids of the accounts that are meant: by id, `provider:` with a handle, a label or the beginning of one, or a provider with one account. Throws `invalid_request`. */
export async function accountsNamed(client: Pick<Client, 'call'>, named: readonly string[]): Promise<string[]> {
  const { data } = Targets.parse(await client.call('GET', '/publishing/targets'))
  const accounts = data.map((one) => one.account)
  const known = accounts.map(({ provider, handle, label }) => `  ${provider}:${handle ?? label}`).join('\n')
  return named.map((name) => {
    const [provider = '', ...rest] = name.split(':')
    const wanted = rest.join(':').toLowerCase()
    const ofProvider = accounts.filter((one) => one.provider === provider)
    const names = ({ handle, label }: (typeof accounts)[number]) =>
      [handle, label].flatMap((one) => (one === null ? [] : [one.toLowerCase()]))
    const exact = accounts.filter(
      (one) => one.id === name || (one.provider === provider && names(one).includes(wanted.replace(/^@/, ''))),
    )
    // The beginning of a name is enough where it is one account's.
    const found =
      exact.length > 0
        ? exact
        : ofProvider.filter((one) => names(one).some((other) => other.startsWith(wanted.replace(/^@/, ''))))
    const [only] = found
    if (only && found.length === 1) return only.id
    const problem =
      found.length === 0 ? `There is no account ${name} that posts can go to.` : `${name} is more than one account.`
    throw new MooringError('invalid_request', problem, {
      detail: known === '' ? '  Connect one first: npx mooring connect <provider>' : `Name one of:\n${known}`,
    })
  })
}

const TIME = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(?:\s+(\S+))?$/

/** Of "2026-12-01 09:00 Europe/Rome". Throws `time_refused`. */
export async function wallTimeOf(at: string, zone: () => Promise<string>): Promise<{ local: string; zone: string }> {
  const [, day, time, named] = TIME.exec(at.trim()) ?? []
  if (day === undefined || time === undefined)
    throw new MooringError('time_refused', 'That is no time. Write it like "2026-12-01 09:00 Europe/Rome".')
  return { local: `${day}T${time}`, zone: named ?? (await zone()) }
}

/** A line an account. */
export const whatStands = ({ id, deliveries }: Post): string =>
  deliveries.length === 0
    ? `Draft ${id}`
    : table(
        ['AS', 'STATE', 'WHERE OR WHY'],
        deliveries.map((one) => [
          `${one.account.providerName}: ${one.account.label}`,
          one.state,
          one.problem?.message ?? [one.permalink ?? one.dueAt ?? '', one.warning].filter(Boolean).join(' '),
        ]),
      )

/** The exit code; undefined: all is well. */
export function outcome({ deliveries }: Post): number | undefined {
  const states = deliveries.map((one) => one.state)
  if (states.some((one) => one === 'failed' || one === 'skipped')) return EXIT.failed
  return states.some((one) => ['unknown', 'waiting', 'missed'].includes(one)) ? EXIT.person : undefined
}

/** The requests as they would leave, and what stands against them. */
export function whatLeaves(answer: unknown): { ok: boolean; text: string } {
  const { accounts, requests } = Ran.parse(answer)
  const blocks = accounts.map(({ accountId, ok, issues }) => {
    const steps = requests.find((one) => one.accountId === accountId)?.steps ?? []
    const told = issues.map((issue) => `  ${issue.severity}: ${issue.at}: ${issue.message}`)
    const shown = steps.map(({ name, method, url, headers, body }) =>
      [
        `# ${name}`,
        `${method} ${url}`,
        ...Object.entries(headers).map(([header, value]) => `${header}: ${value}`),
        ...(body === null ? [] : ['', body]),
      ].join('\n'),
    )
    return [`== ${accountId}${ok ? '' : ': nothing would leave'}`, ...told, ...shown].join('\n\n')
  })
  return { ok: accounts.every((one) => one.ok), text: blocks.join('\n\n') }
}
