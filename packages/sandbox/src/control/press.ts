/** The buttons of the sandbox's own page, as commands. */
import { type Html, html } from '../core/page.ts'
import type { Player } from '../core/simulator.ts'
import type { CommandInput } from './command.ts'
import { NothingMatches } from './nothing-matches.ts'
import { PRESS_PATH } from './paths.ts'

/** What the page says after a button. */
export const SAID: Readonly<Record<string, string>> = {
  outage: 'The platform is out of order. Mooring keeps its connections and tries again.',
  'outage-end': 'The platform works again.',
  limit: 'The limit is full: every call is told to slow down.',
  'limit-end': 'The limit is open again.',
  revoke: 'The grant was taken back. The next call or renewal finds out.',
  expire: 'The tokens are over.',
  'secret-wrong': 'The secret is refused from now on, as after a change that nobody told Mooring of.',
  'secret-right': 'The secret is taken again.',
  clear: 'No fault waits any more.',
  clock: 'The sandbox’s time was moved. Mooring’s own was not.',
  act: 'Done. Mooring finds out at its next look.',
  reset: 'All is as it was at the start.',
  nothing: 'There was nothing to do that to.',
}

/** One button. `about`: of what, where the words alone do not say it to whoever hears them. */
export const form = (what: string, fields: Readonly<Record<string, string>>, words: string, about?: string): Html =>
  html`<form method="post" action="${PRESS_PATH}"><input type="hidden" name="do" value="${what}">${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<button class="small"${about !== undefined && html` aria-label="${words}: ${about}"`}>${words}</button></form>`

/** What a button means. Throws NothingMatches for what is none. */
export function pressed(fields: URLSearchParams, players: readonly Player[]): CommandInput {
  const get = (name: string): string => fields.get(name) ?? ''
  const what = get('do')
  if (what === 'clear') return { clearFaults: true }
  if (what === 'reset') return { reset: true }
  if (what === 'clock') return { clock: { advanceSeconds: Number(get('seconds')) } }
  const player = players.find(({ id }) => id === get('platform'))
  if (!player) throw new NothingMatches('There is no such platform.')
  const own = (command: unknown) => {
    if (command === undefined) throw new NothingMatches('There is no such button.')
    return { [player.id]: command } as CommandInput
  }
  const who = { registration: get('registration'), member: get('member') }
  switch (what) {
    case 'outage':
      return { outage: { platform: player.id } }
    case 'outage-end':
      return { outage: false }
    case 'limit':
      return { fault: { endpoint: `${player.id}.*`, kind: 'throttle', times: 'always' } }
    case 'limit-end':
      return { clearFaults: true }
    case 'revoke':
      return own(player.revoke(who))
    case 'act':
      return own(player.press(get('act'), get('id')))
    case 'expire':
      return own({ token: { do: 'expire', ...who } })
    case 'secret-wrong':
    case 'secret-right':
      return own({ app: { registration: who.registration, secretRefused: what === 'secret-wrong' } })
    default:
      throw new NothingMatches('There is no such button.')
  }
}
