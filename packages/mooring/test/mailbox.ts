/** A real SMTP server on loopback that keeps what it is given. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Letter {
  to: string[]
  text: string
}

export interface Mailbox {
  url: string
  letters: Letter[]
  /** Takes no letter. */
  full: boolean
  /** The next letter to this address, however long it takes. */
  next(to: string): Promise<Letter>
  close(): Promise<void>
}

export async function openMailbox(): Promise<Mailbox> {
  const letters: Letter[] = []
  const waiting = new Set<() => void>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, done) {
      done(mailbox.full ? Object.assign(new Error('mailbox full'), { responseCode: 552 }) : null)
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const text = decode(Buffer.concat(parts).toString('utf8'))
        letters.push({ to: session.envelope.rcptTo.map((one) => one.address), text })
        for (const wake of waiting) wake()
        done()
      })
    },
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()))
  const { port } = server.server.address() as AddressInfo
  const mailbox: Mailbox = {
    full: false,
    url: `smtp://127.0.0.1:${port}`,
    letters,
    async next(to) {
      for (;;) {
        const at = letters.findIndex((one) => one.to.includes(to))
        const [letter] = at < 0 ? [] : letters.splice(at, 1)
        if (letter) return letter
        await new Promise<void>((wake) => waiting.add(wake))
      }
    },
    close: () => new Promise((done) => server.close(() => done())),
  }
  return mailbox
}

/** Quoted-printable, as far as letters of ours use it: soft line ends and bytes. */
const decode = (text: string): string =>
  text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
