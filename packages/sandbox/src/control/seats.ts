/** The seats of a service on the sandbox's page, with their buttons. */
import { type Html, html } from '../core/page.ts'
import type { ListedSeat } from '../core/simulator.ts'
import { form } from './press.ts'

const SHOWN = 15

const row = (platform: string, { id, name, about, state, acts }: ListedSeat): Html =>
  html`<tr><td>${name}</td><td>${about}</td><td>${state}</td><td><span class="bar">${acts.map(({ act, words }) => form('act', { platform, act, id }, words, `${about} at ${platform}`))}</span></td></tr>`

const table = (platform: string, label: string, some: readonly ListedSeat[]): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table><thead><tr><th scope="col">Name</th><th scope="col">Account</th><th scope="col">State</th><th scope="col">Do</th></tr></thead>
<tbody>${some.map((one) => row(platform, one))}</tbody></table></div>`

export function seats(platform: string, all: readonly ListedSeat[]): Html {
  if (all.length === 0) return html``
  const [first, rest] = [all.slice(0, SHOWN), all.slice(SHOWN)]
  return html`<h2>${platform}: accounts that it holds</h2>
${table(platform, `${platform}: accounts`, first)}
${rest.length > 0 && html`<details><summary>${rest.length} more</summary>${table(platform, `${platform}: more accounts`, rest)}</details>`}`
}
