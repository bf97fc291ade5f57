import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { createBrowser } from './browser.ts'
import { Kit, REDIRECT } from './kit.ts'
import { kept } from './kit-kept.ts'
import type { Sandbox } from './sandbox.ts'

const k = kept()
const children: ChildProcess[] = []

const CHILD = `
const { startSandbox } = await import(process.argv[1])
const { url, origins, apps } = await startSandbox({
  stateFile: process.argv[2],
  redirectUris: { linkedin: [process.argv[3]] },
  log: (line) => line.includes('state file') && console.error(line),
})
console.log(JSON.stringify({ url, origins, apps }))
`

interface Child {
  kit: Kit
  kill(): Promise<void>
  /** What it complained of. */
  errors(): string
}

async function child(): Promise<Child> {
  const source = new URL('./index.ts', import.meta.url).href
  const running = spawn(process.execPath, ['--input-type=module', '-e', CHILD, source, k.file, REDIRECT])
  children.push(running)
  let errors = ''
  running.stderr.on('data', (chunk: Buffer) => (errors += chunk))
  const gone = once(running, 'close')
  const [line] = (await Promise.race([
    once(createInterface(running.stdout), 'line'),
    gone.then(() => Promise.reject(new Error(`the child ended: ${errors}`))),
  ])) as [string]
  const told = JSON.parse(line) as Pick<Sandbox, 'url' | 'origins' | 'apps'>
  const kit = new Kit()
  // Another process: no control of it but over HTTP.
  kit.sandbox = { ...told, browser: () => createBrowser(told.origins) } as Sandbox
  const kill = async () => {
    running.kill('SIGKILL')
    await gone
    expect(running.signalCode).toBe('SIGKILL')
  }
  return { kit, kill, errors: () => errors }
}

afterEach(() => {
  for (const one of children.splice(0)) one.kill('SIGKILL')
})

describe('a process killed by SIGKILL', () => {
  it('knows, when started again, the tokens that its client still holds', async () => {
    const first = await child()
    const tokens = await first.kit.tokens({ member: 'tomas' })
    await k.holds(tokens.access_token)
    await first.kill()

    const second = await child()
    const { status, json } = await second.kit.get('/v2/userinfo', tokens.access_token)
    expect([status, json.given_name]).toEqual([200, 'Tomas'])
    const fresh = (await second.kit.refresh(tokens.refresh_token)).json
    expect(fresh.refresh_token).toBe(tokens.refresh_token)
    await k.holds(fresh.access_token)
    await second.kill()

    const third = await child()
    expect((await third.kit.get('/v2/userinfo', fresh.access_token)).status).toBe(200)
    expect(third.errors()).toBe('')
  })

  it('leaves a whole file, at whatever moment it dies', async () => {
    let busy = await child()
    for (const rounds of [1, 3, 6, 9]) {
      // Once written it is known for ever: only what came after may be lost.
      const safe = await busy.kit.tokens()
      await k.holds(safe.access_token)
      const { kit } = busy
      const storm = Promise.allSettled(Array.from({ length: 40 }, () => kit.refresh(safe.refresh_token)))
      for (let i = 0; i < rounds; i++) await kit.refresh(safe.refresh_token)
      await busy.kill()
      await storm
      busy = await child()
      expect(busy.errors()).toBe('')
      expect((await busy.kit.get('/v2/userinfo', safe.access_token)).status).toBe(200)
    }
  })
})
