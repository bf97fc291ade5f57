/** What every command is given: the program to join, and how to answer. */
import type { Command } from 'commander'
import type { Client } from './client.ts'

export interface Terminal {
  program: Command
  out: (line: string) => void
  /** `--json` was given. */
  asJson: () => boolean
  /** Prints the value as JSON, or as the text. */
  show: (value: unknown, text: () => string) => void
  /** Opens a client for the work, and closes it. */
  withClient: (work: (client: Client) => Promise<void>) => Promise<void>
}
