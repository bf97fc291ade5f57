/** Letters of the sign-in over the operator's SMTP server. The only importer of nodemailer. */
import { createTransport } from 'nodemailer'
import { MooringError, unknownFault } from '../../error.ts'
import type { Log } from '../../runtime.ts'

export interface SmtpOptions {
  /** `smtp://user:password@host:587`, or `smtps://`. */
  url: string
  from: string
}

export interface SignInMail {
  /** Never throws: who asks must not learn by it whether the address is known. */
  reset(to: string, link: string): Promise<void>
  /** Throws `mail_failed`. */
  send(to: string, subject: string, text: string): Promise<void>
  /** Throws `mail_failed`. */
  confirm(to: string, link: string): Promise<void>
  /** Throws `mail_failed`. */
  invite(to: string, letter: { link: string; workspace: string; by: string }): Promise<void>
}

/** A server that says nothing for so long is taken for away, in ms. */
const PATIENCE_MS = 15_000

export function signInMail({ url, from }: SmtpOptions, log: Log): SignInMail {
  const transport = createTransport(url, {
    from,
  })
  const options = transport.options as { connectionTimeout?: number; greetingTimeout?: number; socketTimeout?: number }
  options.connectionTimeout = PATIENCE_MS
  options.greetingTimeout = PATIENCE_MS
  options.socketTimeout = PATIENCE_MS
  /** For whoever asked and can read why. */
  const sendOrSay = async (to: string, subject: string, text: string, instead: string) => {
    try {
      await send(to, subject, text)
    } catch (error) {
      throw new MooringError('mail_failed', `The letter could not be sent. ${instead}`, {
        detail: `MOORING_SMTP_URL: ${unknownFault(error)}.`,
      })
    }
  }
  const send = (to: string, subject: string, text: string) =>
    // As an address and not as text, which could hold a list of them.
    transport.sendMail({
      to: { name: '', address: to },
      subject,
      text,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  return {
    async reset(to, link) {
      const text = `Somebody, most likely you, asked for a new password for Mooring.\n\nChoose one here within an hour:\n${link}\n\nIf it was not you, do nothing: your password stays as it is.\n`
      await send(to, 'Choose a new password for Mooring', text).catch((error) =>
        log.error({ fault: unknownFault(error) }, 'a letter with a reset link was not sent'),
      )
    },
    send: (to, subject, text) => sendOrSay(to, subject, text, 'It is tried again.'),
    confirm(to, link) {
      const text = `Somebody, most likely you, wants to use this e-mail address in Mooring.\n\nIf it was you, open this within a day, in the browser where you are signed in:\n${link}\n\nIf it was not you, do nothing.\n`
      return sendOrSay(to, 'Confirm your e-mail address for Mooring', text, 'Nothing was changed. Try again later.')
    },
    invite(to, { link, workspace, by }) {
      const text = `${by} invites you to the workspace "${workspace}" in Mooring.\n\nAccept within seven days:\n${link}\n\nIf you do not know them, do nothing.\n`
      const subject = `${by} invites you to ${workspace}`.replaceAll(/[\r\n]/g, ' ')
      return sendOrSay(to, subject, text, 'Give them the link yourself.')
    },
  }
}
