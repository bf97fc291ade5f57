/** `/` of every port: what is simulated, who gave what, and buttons to disturb it. Forms alone: no script is needed. */
import type { Answer } from '../core/ask.ts'
import type { Entry } from '../core/journal.ts'
import { type Html, html, page } from '../core/page.ts'
import type { Listed, Player, ReadyApp } from '../core/simulator.ts'
import { logins } from './logins.ts'
import { CONTROL_PATH } from './paths.ts'
import { form, SAID } from './press.ts'
import { published } from './published.ts'
import { seats } from './seats.ts'

export interface Dashboard {
  players: readonly Player[]
  /** In ms since 1970. */
  now: number
  frozen: boolean
  outage: { platform: string | undefined } | undefined
  faults: readonly { endpoint: string; kind: string; times: number | 'always' }[]
  random: readonly { endpoint: readonly string[]; rate: number; calls: number }[]
  log: readonly Entry[]
  /** Real origin to where it is played. */
  origins: Readonly<Record<string, string>>
  /** What a button has just done. */
  said: string | undefined
}

const SHOWN = 15

export function dashboard(on: Dashboard): Answer {
  const said = on.said === undefined ? undefined : SAID[on.said]
  const all = on.players.map((player) => ({ player, listed: player.listed(on.now), apps: player.apps() }))
  return page({
    title: 'Mooring sandbox',
    wide: true,
    body: html`<h1>This is the Mooring sandbox</h1>
<p>It stands in for social platforms on this machine: it shows their consent pages, hands out tokens that work nowhere else, and refuses what they refuse. No real account is reached from here.</p>
${said !== undefined && html`<p class="said" role="status">${said}</p>`}
<div class="bar"><a href="/">Look again</a> <span class="soft">Its time is ${time(on.now)}${on.frozen && ', and stands still'}.</span>
${form('clock', { seconds: '3600' }, 'An hour on')}${form('clock', { seconds: '86400' }, 'A day on')}${form('clock', { seconds: '2592000' }, '30 days on')}${form('reset', {}, 'Start over')}</div>
<h2 id="platforms">Platforms</h2>
<ul class="cards" aria-labelledby="platforms">${all.map(({ player, listed, apps }) => platform(on, player, listed, apps))}</ul>
${all.filter(({ listed }) => listed.grants.length > 0).map(({ player, listed, apps }) => grants(player, listed, apps))}
${all.every(({ listed }) => listed.grants.length === 0) && html`<h2>Grants</h2><p class="soft">Nobody has consented to anything yet. Connect an account in Mooring, and it is listed here.</p>`}
${all.map(({ player }) => published(player, on.origins, time))}${all.map(({ player, listed }) => seats(player.id, listed.seats ?? []))}${all.map(({ player, listed }) => logins(player.id, listed.logins ?? []))}
${waiting(on)}${requests(on.log)}${apps(all)}
<h2>Where each platform is</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Where each platform is"><table><thead><tr><th scope="col">Platform</th><th scope="col">Here</th></tr></thead>
<tbody>${Object.entries(on.origins).map(([real, here]) => html`<tr><td><code>${real}</code></td><td><code>${here}</code></td></tr>`)}</tbody></table></div>
<p>All of this as JSON, and more to disturb: <a href="${CONTROL_PATH}">${CONTROL_PATH}</a>. Its commands are in the package's README.</p>`,
  })
}

const time = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`

function stateOf(on: Dashboard, id: string): { state: string; words: string } {
  if (on.outage && (on.outage.platform ?? id) === id) return { state: 'out', words: 'Out of order' }
  const limited = on.faults.some((one) => one.endpoint === `${id}.*` && one.kind === 'throttle')
  return limited ? { state: 'limited', words: 'Limit full' } : { state: 'works', words: 'Works' }
}

function platform(on: Dashboard, player: Player, listed: Listed, ready: readonly ReadyApp[]): Html {
  const { id } = player
  const { state, words } = stateOf(on, id)
  const living = listed.grants.filter((one) => !one.over).length
  const session = player.session && `${on.origins[player.session.origin]}${player.session.path}`
  const to = { platform: id }
  return html`<li><h3>${id} <span class="state" data-state="${state}">${words}</span></h3>
<p class="soft">${living} living ${living === 1 ? 'grant' : 'grants'}, ${ready.length} ${ready.length === 1 ? 'app' : 'apps'}.${session !== undefined && html` <a href="${session}">Who this browser is signed in as</a>`}</p>
<div class="bar">${state === 'out' ? form('outage-end', to, 'End the outage', id) : form('outage', to, 'Outage', id)}${
    state === 'limited' ? form('limit-end', to, 'Open the limit', id) : form('limit', to, 'Fill the limit', id)
  }</div></li>`
}

function grants({ id }: Player, listed: Listed, ready: readonly ReadyApp[]): Html {
  const app = (clientId: string) => ready.find((one) => one.clientId === clientId)
  return html`<h2>${id}: who gave what</h2>
<div class="scroll" tabindex="0" role="region" aria-label="${id}: grants"><table><thead><tr><th scope="col">Person</th><th scope="col">App</th><th scope="col">Scopes</th><th scope="col">Since</th><th scope="col">State</th><th scope="col">Do</th></tr></thead>
<tbody>${listed.grants.map((one) => {
    const to = { platform: id, registration: app(one.clientId)?.registration ?? '', member: one.member }
    return html`<tr><td>${one.member}</td><td>${app(one.clientId)?.name ?? one.clientId}</td><td>${one.scopes.join(', ')}</td><td class="nowrap">${one.since === null ? '' : time(one.since)}</td>
<td><span class="state" data-state="${one.over ? 'over' : 'works'}">${one.over ? 'Taken back' : 'Lives'}</span></td><td>${!one.over && html`<span class="bar">${form('revoke', to, 'Take back', `${one.member} at ${id}`)}${form('expire', to, 'Expire its tokens', `${one.member} at ${id}`)}</span>`}</td></tr>`
  })}</tbody></table></div>
<details><summary>${listed.tokens.length} ${listed.tokens.length === 1 ? 'token' : 'tokens'}, by what control calls them</summary>
<ul>${listed.tokens.slice(0, SHOWN).map((one) => html`<li><code>${one.id}</code> ${one.kind} of ${one.member ?? 'nobody'}, ${one.status}${one.expiresAt !== null && `, until ${time(one.expiresAt)}`}</li>`)}</ul></details>`
}

const waiting = ({ faults, random }: Dashboard): Html =>
  faults.length + random.length === 0
    ? html``
    : html`<h2>Faults that wait</h2><ul>${faults.map((one) => html`<li><code>${one.endpoint}</code> ${one.kind}, ${one.times === 'always' ? 'always' : `${one.times} more`}</li>`)}${random.map((one) => html`<li><code>${one.endpoint.join(' ')}</code> ${Math.round(one.rate * 100)} % by chance, ${one.calls} calls so far</li>`)}</ul>
<div class="bar">${form('clear', {}, 'Clear the faults')}</div>`

const requests = (log: readonly Entry[]): Html => html`<h2>Last requests</h2>
${
  log.length === 0
    ? html`<p class="soft">None yet.</p>`
    : html`<div class="scroll" tabindex="0" role="region" aria-label="Last requests"><table><thead><tr><th scope="col">When</th><th scope="col">Endpoint</th><th scope="col">Status</th><th scope="col">Fault</th></tr></thead>
<tbody>${log
        .slice(-SHOWN)
        .reverse()
        .map(
          (one) =>
            html`<tr><td class="nowrap">${time(one.at)}</td><td><code>${one.method} ${one.endpoint}</code></td><td>${one.status ?? 'cut off'}</td><td>${one.fault}</td></tr>`,
        )}</tbody></table></div>`
}`

const apps = (all: readonly { player: Player; apps: readonly ReadyApp[] }[]): Html => html`<h2>Ready-made apps</h2>
<p class="soft">These identifiers and secrets are invented and open nothing.</p>
${all.flatMap(({ player, apps: ready }) =>
  ready.map(
    (
      app,
    ) => html`<h3>${app.name} (${player.id})</h3><ul><li>Client id <code>${app.clientId}</code></li><li>${app.clientSecret === undefined ? 'No client secret: a public client' : html`Client secret <code>${app.clientSecret}</code>`}</li>
<li>Redirect URIs ${app.redirectUris.length === 0 ? 'none registered yet' : app.redirectUris.map((uri) => html`<code>${uri}</code> `)}</li></ul>
${
  app.clientSecret !== undefined &&
  html`<div class="bar">${
    app.secretRefused
      ? form(
          'secret-right',
          { platform: player.id, registration: app.registration },
          'Take the secret again',
          `${app.name} at ${player.id}`,
        )
      : form(
          'secret-wrong',
          { platform: player.id, registration: app.registration },
          'Refuse the secret',
          `${app.name} at ${player.id}`,
        )
  }</div>`
}`,
  ),
)}`
