import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { startSandbox } from '../sandbox.ts'
import { API, BASE } from './origins.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-sandbox-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const stateFile = join(folder, 'sandbox.json')
const start = () => startSandbox({ only: ['heyreach'], stateFile, heyreach: { senders: 'assumed' } })

it('HeyReach knows its seats the next day, and not what was under way', async () => {
  const first = await start()
  const add = async (sandbox: typeof first, key: string) => {
    const answer = await fetch(`${sandbox.origins[API]}${BASE}/senders/linkedin`, {
      method: 'POST',
      headers: { 'x-api-key': sandbox.apps[0]?.clientSecret ?? '', 'content-type': 'application/json' },
      body: JSON.stringify({ email: `${key}@sandbox.example`, password: 'sandbox-password' }),
    })
    return (await answer.json()) as { sender_id: number }
  }
  const ada = await add(first, 'ada')
  const sms = await add(first, 'sms')
  first.control.apply({ heyreach: { seat: { id: 71110, authIsValid: false }, deleteSeat: { id: 71113 } } })
  const { seats } = first.control.state().heyreach
  await first.stop()
  expect(readFileSync(stateFile, 'utf8')).not.toContain('sandbox-password')

  const second = await start()
  expect(second.control.state().heyreach).toMatchObject({ seats, logins: [] })
  expect(seats.map((one) => one.id)).toContain(ada.sender_id)
  // An id is not given twice.
  expect((await add(second, 'otp')).sender_id).toBeGreaterThan(sms.sender_id)
  await second.stop()
})
