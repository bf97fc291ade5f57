import { expect, it } from 'vitest'
import { Bench } from '../core/testing.ts'
import { kept } from '../kit-kept.ts'
import { startSandbox } from '../sandbox.ts'
import { UnipileKit } from './testing.ts'

const k = kept()

async function start(): Promise<UnipileKit> {
  const on = new Bench('unipile')
  on.sandbox = await startSandbox({
    stateFile: k.file,
    log: (line) => void (line.includes('state file') && (k.lines as string[]).push(line)),
  })
  return new UnipileKit(on)
}

it('Unipile knows its accounts and webhooks the next day, and no attempt', async () => {
  const first = await start()
  const ada = await first.id('ada')
  const waiting = await first.id('otp')
  await first.v1('/webhooks', { body: { source: 'account_status', request_url: 'http://127.0.0.1:9/' } })
  first.steer({ seat: { id: ada, status: 'CREDENTIALS' } })
  const before = first.shown()
  await first.on.sandbox.stop()
  const second = await start()
  expect(second.shown()).toMatchObject({ seats: before.seats, webhooks: before.webhooks })
  expect((await second.solve(waiting, '123456')).status).toBe(400)
  expect((await second.reconnect(ada, 'ada')).json.object).toBe('AccountReconnected')
  expect(k.lines).toEqual([])
  expect(k.text()).not.toContain('sandbox-password')
  await second.on.sandbox.stop()
})
