/** What became of a post at one account, as its pill says it. Pure. */
import type { Delivery, DeliveryState } from '../api.ts'
import type { Status } from './status.ts'

export interface DeliveryLook extends Status {
  /** Not certain to go out. */
  dashed: boolean
}

const LOOKS: Record<DeliveryState, Status> = {
  scheduled: { tone: 'idle', label: 'Scheduled', icon: 'calendar-clock' },
  queued: { tone: 'accent', label: 'Queued', icon: 'list-end' },
  sending: { tone: 'accent', label: 'Sending', icon: 'send' },
  processing: { tone: 'accent', label: 'Processing', icon: 'loader' },
  published: { tone: 'ok', label: 'Published', icon: 'check' },
  failed: { tone: 'bad', label: 'Failed', icon: 'circle-x' },
  unknown: { tone: 'unk', label: 'Outcome unknown', icon: 'circle-question-mark' },
  waiting: { tone: 'bad', label: 'Waits', icon: 'pause' },
  missed: { tone: 'warn', label: 'Missed', icon: 'calendar-x' },
  skipped: { tone: 'idle', label: 'Stayed behind', icon: 'skip-forward' },
  cancelled: { tone: 'idle', label: 'Cancelled', icon: 'ban' },
  removed: { tone: 'idle', label: 'Taken down', icon: 'trash' },
}

export type Deliverable = Pick<Delivery, 'state' | 'atRisk' | 'account'>

export function deliveryLook({ state, atRisk, account }: Deliverable): DeliveryLook {
  if (state === 'waiting') return { ...LOOKS.waiting, label: `Waits for ${account.providerName}`, dashed: true }
  if (atRisk !== null && (state === 'scheduled' || state === 'queued'))
    return { tone: 'warn', label: 'At risk', icon: 'triangle-alert', dashed: true }
  return { ...LOOKS[state], dashed: false }
}

/** Worst first: what needs an answer, what went wrong, what is under way, what is to come, what is over. */
const ORDER: DeliveryState[] = [
  'unknown',
  'failed',
  'missed',
  'waiting',
  'skipped',
  'sending',
  'processing',
  'queued',
  'scheduled',
  'published',
  'cancelled',
  'removed',
]

export const deliveriesWorstFirst = (deliveries: readonly Delivery[]): Delivery[] =>
  [...deliveries].sort((a, b) => rank(a) - rank(b) || a.account.label.localeCompare(b.account.label))

const rank = ({ state, atRisk }: Delivery) => ORDER.indexOf(state) - (atRisk === null ? 0 : 0.5)

/** The one that speaks for the whole post, where one alone can be shown. */
export const worstOf = (deliveries: readonly Delivery[]): Delivery | undefined => deliveriesWorstFirst(deliveries)[0]

/** Somebody has to do something about it. */
export const needsSomebody = ({ state, atRisk }: Pick<Delivery, 'state' | 'atRisk'>): boolean =>
  ['unknown', 'failed', 'missed', 'waiting', 'skipped'].includes(state) || atRisk !== null

const UNDER_WAY: DeliveryState[] = ['queued', 'sending', 'processing']

/** In words, with the tone of each: "1 published, 2 under way, 1 failed". */
export function outcomeParts(deliveries: readonly Deliverable[]): { tone: Status['tone']; words: string }[] {
  const of = (states: readonly DeliveryState[]) => deliveries.filter((one) => states.includes(one.state)).length
  const parts: [Status['tone'], number, string][] = [
    ['ok', of(['published']), 'published'],
    ['accent', of(UNDER_WAY), 'under way'],
    ['idle', of(['scheduled']), 'scheduled'],
    ['bad', of(['waiting']), of(['waiting']) === 1 ? 'waits' : 'wait'],
    ['unk', of(['unknown']), 'unknown'],
    ['bad', of(['failed']), 'failed'],
    ['warn', of(['missed']), 'missed'],
    ['idle', of(['skipped']), 'stayed behind'],
    ['idle', of(['cancelled']), 'cancelled'],
    ['idle', of(['removed']), 'taken down'],
  ]
  return parts.flatMap(([tone, number, words]) => (number === 0 ? [] : [{ tone, words: `${number} ${words}` }]))
}
