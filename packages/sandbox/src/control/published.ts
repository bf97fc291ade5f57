/** What was published last, on the sandbox's own page, with the way to each. */
import { type Html, html } from '../core/page.ts'
import { playedAt } from '../core/portrait.ts'
import type { Player } from '../core/simulator.ts'
import { ledgerOf } from './ledger.ts'

const SHOWN = 10
const WORDS = 80

const short = (text: string): string => (text.length > WORDS ? `${text.slice(0, WORDS)}…` : text)

export function published(
  player: Player,
  origins: Readonly<Record<string, string>>,
  time: (at: number) => string,
): Html {
  if (!player.platform.ledger) return html``
  const all = ledgerOf([player], player.id)
  if (all.length === 0) return html``
  const latest = all.slice(-SHOWN).reverse()
  return html`<h2>${player.id}: what was published</h2>
<div class="scroll" tabindex="0" role="region" aria-label="${player.id}: what was published"><table><thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Under</th><th scope="col">Text</th></tr></thead>
<tbody>${latest.map((one) => {
    const page = one.deleted ? undefined : player.platform.permalink?.(one.id)
    const words = short(one.text) || one.id
    return html`<tr><td class="nowrap">${time(one.at)}</td><td>${one.kind}${one.deleted && ', deleted'}</td><td><code>${one.account}</code></td><td>${page === undefined ? words : html`<a href="${playedAt(origins, page)}">${words}</a>`}</td></tr>`
  })}</tbody></table></div>
<p class="soft">${all.length} in all: <a href="/__control/${player.id}/ledger">the whole ledger</a>.</p>`
}
