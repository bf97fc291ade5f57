import { withHeaders } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import { type Html, html, page } from '../../core/page.ts'
import { DOMAIN, loginOf, PASSWORD, PEOPLE, type Step } from '../people.ts'
import type { Generation, Link } from '../state.ts'

const NOT_UNIPILE = 'This is not Unipile. No real account is reached from here.'

const shown = (title: string, body: Html, status = 200): Answer =>
  page({ title: `${title} (simulated Unipile)`, mark: NOT_UNIPILE, status, body: html`<h1>${title}</h1>${body}` })

const problem = (text: string | undefined): Html =>
  html`${text !== undefined && html`<p class="said" role="alert">${text}</p>`}`

const button = (press: string, words: string, main = false): Html =>
  html`<button name="press" value="${press}"${main && html` class="main"`}>${words}</button>`

/** A form of its own for each button, so that none sends what another's field holds. */
const form = ({ token }: Link, inside: Html): Html => html`<form method="post" action="/${token}">${inside}</form>`

export const signInPage = (link: Link, said?: string): Answer =>
  shown(
    link.reconnects === undefined ? 'Connect your LinkedIn account' : 'Reconnect your LinkedIn account',
    html`${problem(said)}${form(
      link,
      html`<label for="username">LinkedIn account</label>
<select id="username" name="username">${PEOPLE.map((one) => html`<option value="${loginOf(one)}">${loginOf(one)}: ${one.happens}</option>`)}</select>
<p><label for="password">Password</label> <input id="password" name="password" type="password" value="${PASSWORD}" autocomplete="off"></p>
<p class="soft">Everybody at ${DOMAIN} has the same password; it is filled in.</p>
<div class="row">${button('sign-in', 'Sign in', true)}</div>`,
    )}${form(link, html`<div class="row">${button('cancel', 'Cancel')}</div>`)}`,
  )

const ASKED: Record<Step['type'], string> = {
  '2FA': 'Enter the code of your second factor',
  OTP: 'Enter the code that LinkedIn sent you',
  IN_APP_VALIDATION: 'Approve the sign-in in your LinkedIn app',
  PHONE_REGISTER: 'Give LinkedIn a phone number',
  CAPTCHA: 'Show that you are a person',
}

const codeForm = (link: Link, label: string, hint: string): Html =>
  form(
    link,
    html`<label for="code">${label}</label> <input id="code" name="code" type="text" autocomplete="one-time-code">
<p class="soft">${hint}</p><div class="row">${button('solve', 'Continue', true)}</div>`,
  )

function waitsFor(link: Link, step: Step, generation: Generation): Html {
  const one = (press: string, words: string, main = false) =>
    form(link, html`<div class="row">${button(press, words, main)}</div>`)
  switch (step.type) {
    case 'CAPTCHA':
      return one('captcha', 'I am not a robot', true)
    case 'PHONE_REGISTER':
      return codeForm(link, 'Phone number', 'The dial code in brackets: (+33)0612345678.')
    case 'IN_APP_VALIDATION':
      return html`${one('approve', 'Approve it, as the app would', true)}${step.otherWay && (generation === 'v2' ? codeForm(link, 'Or the code', '123456 is right.') : one('another-way', 'Try another way'))}`
    case 'OTP':
      return html`${codeForm(link, 'Code', '123456 is right; after another message, 654321.')}${one('resend', 'Send it again')}`
    case '2FA':
      return codeForm(link, 'Code', '123456 is right.')
  }
}

export function checkpointPage(link: Link, step: Step, said?: string): Answer {
  const answer = shown(
    ASKED[step.type],
    html`${problem(said)}${waitsFor(link, step, link.generation)}${form(link, html`<div class="row">${button('cancel', 'Cancel')}</div>`)}`,
  )
  // Who approves in the app does nothing on this page: it looks by itself.
  return step.type === 'IN_APP_VALIDATION' && !step.otherWay ? withHeaders(answer, { refresh: '3' }) : answer
}

export const donePage = (): Answer => shown('Your account is connected', html`<p>You can close this page.</p>`)
export const failedPage = (reason: string): Answer =>
  shown('Your account was not connected', html`<p>${reason}</p>`, 400)
export const deadLinkPage = (): Answer =>
  shown('This link has expired', html`<p>Go back to where you got it, and ask for another.</p>`, 410)
