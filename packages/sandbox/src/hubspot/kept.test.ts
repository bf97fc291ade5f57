import { expect, it } from 'vitest'
import { Bench } from '../core/testing.ts'
import { kept } from '../kit-kept.ts'
import { startSandbox } from '../sandbox.ts'
import { HubSpotKit, PRACTICE, REDIRECT } from './testing.ts'

const k = kept()

async function start(): Promise<HubSpotKit> {
  const on = new Bench('hubspot')
  on.sandbox = await startSandbox({
    redirectUris: { hubspot: [REDIRECT] },
    stateFile: k.file,
    log: (line) => void (line.includes('state file') && (k.lines as string[]).push(line)),
  })
  return new HubSpotKit(on)
}

it('HubSpot knows its installs and tokens the next day', async () => {
  const first = await start()
  const mara = await first.tokens({ pick: { account: String(PRACTICE) } })
  const ines = await first.tokens({ member: 'ines' })
  first.steer({ uninstall: { member: 'ines' } })
  const before = first.shown()
  await first.sandbox.stop()
  const second = await start()
  expect(second.shown()).toMatchObject({ grants: before.grants, tokens: before.tokens })
  expect((await second.details(mara.access_token)).json.portalId).toBe(PRACTICE)
  expect((await second.refresh(mara.refresh_token)).status).toBe(200)
  expect((await second.refresh(ines.refresh_token)).status).toBe(400)
  expect(k.lines).toEqual([])
  await second.sandbox.stop()
})
