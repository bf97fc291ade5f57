/** What a composer says about when and what goes out. Pure. */
import type { At, PublishTarget, When } from '../api.ts'
import { isApiProblem } from '../problem.ts'
import type { SaveState } from './autosave.ts'
import { clock, shortDate } from './dates.ts'
import { type Draft, isEmpty } from './post-content.ts'
import { instantOf, longWall } from './wall-time.ts'
import { count } from './words.ts'

/** When it is to go out, as chosen and not yet said to the server. */
export type Choice = Exclude<When, { how: 'draft' }>

/** "Schedule 4 of 5". */
export function sendLabel({ how }: Choice, chosen: number, held: number): string {
  const [verb, rest] = how === 'now' ? ['Post', ' now'] : ['Schedule', '']
  return held > 0 && held < chosen ? `${verb} ${chosen - held} of ${chosen}${rest}` : `${verb}${rest}`
}

export function whenWords(choice: Choice, next: At | undefined): { title: string; note: string } {
  if (choice.how === 'now') return { title: 'Now', note: 'As soon as you press' }
  if (choice.how === 'at') return { title: longWall(choice.at), note: zoneWords(choice.at.zone) }
  return next
    ? { title: longWall(next), note: `Next free slot, ${zoneWords(next.zone)}` }
    : { title: 'No free slot', note: 'Set the weekly slots, or pick a time' }
}

const zoneWords = (zone: string) => zone.replaceAll('_', ' ')

export interface Readiness {
  draft: Draft
  choice: Choice
  next: At | undefined
  /** Files that are on their way. */
  uploading: number
  /** Accounts that stay behind. */
  held: number
  now: number
}

/** Why it cannot be sent now; undefined: it can. */
export function hindrance({ draft, choice, next, uploading, held, now }: Readiness): string | undefined {
  const chosen = draft.targets.length
  if (chosen === 0) return 'Choose an account first.'
  if (isEmpty(draft)) return 'Write something first.'
  if (uploading > 0) return `${count(uploading, 'file is', 'files are')} still on the way.`
  if (held === chosen) return chosen === 1 ? 'Mend what is listed first.' : 'No account could take it yet.'
  if (choice.how === 'slot' && !next) return 'There is no free slot. Pick a time.'
  if (choice.how === 'at') {
    const at = instantOf(choice.at)
    if (Number.isNaN(at)) return 'Pick a day and a time.'
    if (at < now) return 'That time has passed. Pick another.'
  }
  return undefined
}

/** "Draft saved 10:24". */
export function saveWords(state: SaveState, scheduled: boolean): string {
  switch (state.is) {
    case 'clean':
      return ''
    case 'waiting':
      return scheduled ? 'Not saved yet' : 'Saving…'
    case 'saving':
      return 'Saving…'
    case 'saved':
      return `${scheduled ? 'Saved' : 'Draft saved'} ${clock(new Date(state.at).toISOString())}`
    case 'failed':
      return isApiProblem(state.error) ? `Not saved. ${state.error.message}` : 'Not saved'
    case 'stale':
      return 'Changed elsewhere'
  }
}

/** Its connection ends before it goes out: the day on which it does, in words. */
export function endsBefore({ needsPersonAt }: PublishTarget, due: number, now: number): string | undefined {
  if (needsPersonAt === null || Date.parse(needsPersonAt) > due) return undefined
  return shortDate(needsPersonAt, now)
}

/** When it would go out, in ms. */
export function dueOf(choice: Choice, next: At | undefined, now: number): number {
  const at = choice.how === 'now' ? undefined : choice.how === 'at' ? choice.at : next
  return at ? instantOf(at) : now
}
