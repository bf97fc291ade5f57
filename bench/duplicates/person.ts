/** What a person does in the end: looks there, says whether it is live, and sends again what is not. */
import type { LedgerEntry } from '@mooring/sandbox'
import type { Client } from './client.ts'
import type { Said } from './verdict.ts'

export async function decideAll(
  client: Client,
  deliveries: readonly Said[],
  ledger: readonly LedgerEntry[],
): Promise<void> {
  const there = new Set(ledger.map((one) => `${one.account}\n${one.text}`))
  for (const { id, state, subject, parts, attempts } of deliveries) {
    if (state === 'unknown') {
      const tried = parts.find((one) => one.part === attempts.at(-1)?.part)
      await client.ask('POST', `/deliveries/${id}/confirm`, { live: there.has(`${subject}\n${tried?.text}`) })
    } else if (state === 'failed') await client.ask('POST', `/deliveries/${id}/retry`)
  }
}
