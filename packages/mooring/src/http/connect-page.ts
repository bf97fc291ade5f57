/** The pages of a connect session: opened, confirmed, chosen. Pure. */
import type { Candidate } from '../connections/candidates.ts'
import { escapeHtml, page } from './page.ts'

/**
 * Behind `#` a token reaches a script alone: it sends it on as a form and takes it out of the address. In a file of its own,
 * so that no page here runs what stands in it.
 */
export const OPENER_SCRIPT = `const token = location.hash.slice(1)
history.replaceState(null, '', location.pathname)
const form = document.forms[0]
if (token && form) {
  form.elements.namedItem('token').value = token
  form.submit()
} else document.querySelector('p').textContent = 'This link is not whole. Go back to where you came from and begin again.'
`

export const openerPage = (): string =>
  page(
    'Connect',
    `<h1>One moment</h1><p role="status">Your link is being opened.</p><noscript><p>Please allow scripts for this page: the link can be read by one alone.</p></noscript>
<form method="post"><input type="hidden" name="token"></form><script src="connect-session.js" defer></script>`,
  )

export interface Asked {
  workspace: string
  endUser: string
  /** Where the browser goes back to. */
  host: string
  cancel: string
}

const who = ({ workspace, endUser, host }: Asked) =>
  `<strong>${escapeHtml(host)}</strong> asks for it, for <strong>${escapeHtml(endUser)}</strong> of <strong>${escapeHtml(workspace)}</strong>. Go on only if that is you and you expected this.`

export interface Offered {
  id: string
  name: string
  /** What a person should know before they leave for it. */
  before: string | null
}

export function confirmPage(asked: Asked, providers: readonly Offered[]): string {
  const [only] = providers
  const title = providers.length === 1 && only ? `Connect ${only.name}` : 'Connect an account'
  const buttons = providers.map(
    ({ id, name }) => `<button name="provider" value="${escapeHtml(id)}">Connect ${escapeHtml(name)}</button>`,
  )
  const known = providers.flatMap(({ before }) => (before === null ? [] : `<p>${escapeHtml(before)}</p>`))
  const none = '<p role="alert">Nothing can be connected here yet: no platform is set up.</p>'
  return page(
    title,
    `<h1>${escapeHtml(title)}</h1><p>An account of yours will be connected. ${who(asked)}</p>${known.join('')}
<form method="post" class="buttons">${buttons.join('') || none}</form><p><a href="${escapeHtml(asked.cancel)}">Not now</a></p>`,
  )
}

export function choicePage(
  asked: Asked,
  provider: string,
  candidates: readonly Candidate[],
  alert: string | undefined,
): string {
  const title = `Choose your ${provider} accounts`
  const rows = candidates.map(
    ({ id, label, handle, note, selectable, reason }) =>
      `<label class="choice"><input type="checkbox" name="account" value="${escapeHtml(id)}"${selectable ? '' : ' disabled'}><span>${escapeHtml(label)}<small>${escapeHtml([handle, reason ?? note].filter(Boolean).join(' · '))}</small></span></label>`,
  )
  return page(
    title,
    `<h1>${escapeHtml(title)}</h1><p>What <strong>${escapeHtml(asked.workspace)}</strong> may act as.</p>${alert === undefined ? '' : `<p role="alert">${escapeHtml(alert)}</p>`}
<form method="post"><fieldset><legend>Accounts</legend>${rows.join('')}</fieldset><button>Connect</button></form><p><a href="${escapeHtml(asked.cancel)}">Not now</a></p>`,
  )
}

export function refusedPage(message: string, code: string, back: string | undefined): string {
  const link = back === undefined ? '' : `<p><a href="${escapeHtml(back)}">Go back</a></p>`
  return page(
    'This did not work',
    `<h1>This did not work</h1><p>${escapeHtml(message)}</p>${link}<p><code>${escapeHtml(code)}</code></p>`,
  )
}
