/** The first steps of a workspace as the operator sets them: their order, what is connected, and a host's own. */
import { z } from 'zod'
import { type Env, type Fault, isLoopback } from './config-registration.ts'
import type { Step } from './onboarding.ts'
import type { Provider } from './provider.ts'

const variable = 'MOORING_ONBOARDING'
const MOST = 12

const words = (most: number) => z.string().trim().min(1).max(most)
/** A page of the host's, or a path below this server. */
const href = words(500).refine((value) => {
  if (value.startsWith('/')) return !/^\/[/\\]/.test(value)
  return URL.canParse(value) && (new URL(value).protocol === 'https:' || isLoopback(value))
})
const titles = { title: words(80).optional(), text: words(300).optional() }
const Entry = z.union([
  z.strictObject({ id: z.enum(['business', 'webhook']), ...titles }),
  z.strictObject({
    id: z.string().regex(/^connect(-[a-z0-9-]{1,40})?$/),
    providers: z.array(words(60)).min(1).max(20).optional(),
    ...titles,
  }),
  z.strictObject({ id: z.string().regex(/^host-[a-z0-9-]{1,40}$/), title: words(80), text: words(300), href }),
])
/** A name alone is a step as it comes. */
const Steps = z.array(z.preprocess((one) => (typeof one === 'string' ? { id: one } : one), Entry)).max(MOST)

const EXAMPLE = `Use JSON, like ${variable}='["business",{"id":"connect","providers":["<id>"]},"webhook",{"id":"host-plan","title":"Choose a plan","text":"It takes a minute.","href":"https://app.example.com/plan"}]', or [] for no first steps.`

/** Without a word of the operator's: the business, the first provider that there is, a webhook. */
export function readOnboarding(env: Env, providers: readonly Provider[], faults: Fault[]): Step[] {
  const raw = env[variable] || '["business","connect","webhook"]'
  const fault = (problem: string, mend = EXAMPLE): Step[] => {
    faults.push({ variable, problem, mend })
    return []
  }
  let parsed: unknown
  try {
    parsed = JSON.parse(raw)
  } catch {
    return fault('is not JSON')
  }
  if (!Array.isArray(parsed)) return fault('is not a list of steps')
  if (parsed.length > MOST) return fault(`has more than ${MOST} steps`)
  const result = Steps.safeParse(parsed)
  if (!result.success)
    return fault(`has a step that cannot be used (number ${Number(result.error.issues[0]?.path[0] ?? 0) + 1})`)
  const ids = result.data.map((one) => one.id)
  if (new Set(ids).size < ids.length)
    return fault('has a step twice', 'Give each step an id of its own, like connect-2.')
  const named = result.data.flatMap((one) => ('providers' in one ? (one.providers ?? []) : []))
  if (named.some((id) => !providers.some((one) => one.id === id)))
    return fault('names a provider that there is not', `Use ${providers.map((one) => one.id).join(', ')}.`)
  // A server without any provider connects nothing.
  return result.data
    .map((one) => stepOf(one, providers))
    .filter((one) => one.kind !== 'connect' || one.providers.length > 0)
}

function stepOf(entry: z.infer<typeof Entry>, providers: readonly Provider[]): Step {
  const { id, title, text } = entry
  if ('href' in entry)
    return { id, kind: 'host', title: entry.title, text: entry.text, href: entry.href, providers: [] }
  const step = (kind: Step['kind'], ownTitle: string, ownText: string, of: readonly string[] = []): Step => ({
    id,
    kind,
    title: title ?? ownTitle,
    text: text ?? ownText,
    href: null,
    providers: of,
  })
  if (id === 'business') return step('business', 'Your business', 'Where you are found, and whom you want to reach.')
  if (id === 'webhook')
    return step(
      'webhook',
      'Hear what happens',
      'Your own program is told when an account connects, fails or needs you.',
    )
  const first = providers.slice(0, 1).map((one) => one.id)
  const of = ('providers' in entry && entry.providers) || first
  const names = of.flatMap((one) => providers.find((provider) => provider.id === one)?.name ?? [])
  return step(
    'connect',
    `Connect ${listed(names)}`,
    'You say yes there, choose accounts here, and can end it at any time.',
    of,
  )
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
