import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { kept } from './kit-kept.ts'
import { platformIds } from './platforms.ts'

const k = kept()

/** The text of a file as a real run leaves it, with one token in it. */
async function real(): Promise<{ text: string; token: string }> {
  const one = await k.start()
  const token = (await one.tokens()).access_token
  await one.sandbox.stop()
  return { text: k.text(), token }
}

const edit = (text: string, change: (value: Record<string, unknown>) => void): string => {
  const value = JSON.parse(text) as Record<string, unknown>
  change(value)
  return JSON.stringify(value)
}

describe('a file that is of no use is moved aside with one line', () => {
  it.each<[string, (text: string) => string | Uint8Array, string]>([
    ['an empty one', () => '', 'is not whole'],
    ['half of one', (text) => text.slice(0, text.length / 2), 'is not whole'],
    ['one that lost its last byte', (text) => text.trimEnd().slice(0, -1), 'is not whole'],
    ['no text at all', () => new Uint8Array([0, 255, 254, 1, 0]), 'is not whole'],
    ['somebody else’s', () => '{"name":"other","version":"1.0.0"}', 'was not written by the sandbox'],
    ['a list', () => '[]', 'was not written by the sandbox'],
    ['null', () => 'null', 'was not written by the sandbox'],
    ['an older one', (text) => edit(text, (value) => Object.assign(value, { version: 0 })), 'of another version'],
    ['a newer one', (text) => edit(text, (value) => Object.assign(value, { version: 2 })), 'of another version'],
    [
      'one without its content',
      (text) => edit(text, (value) => void platformIds.forEach((id) => void delete value[id])),
      'is not whole',
    ],
    ['one with a field of the wrong type', (text) => text.replace('"revoked":false', '"revoked":"no"'), 'is not whole'],
    ['one with a time beyond numbers', (text) => text.replace(/"expiresAt":\d+/, '"expiresAt":1e999'), 'is not whole'],
  ])('%s', async (_name, spoil, why) => {
    const { text, token } = await real()
    const spoilt = spoil(text)
    writeFileSync(k.file, spoilt)
    const one = await k.start()
    expect(k.lines).toHaveLength(1)
    expect(k.lines[0]).toContain(why)
    expect(k.lines[0]).not.toContain(token.slice(0, 20))
    expect(readFileSync(`${k.file}.aside-1`)).toEqual(Buffer.from(spoilt))

    expect((await one.get('/v2/userinfo', token)).json.serviceErrorCode).toBe(65600)
    const fresh = (await one.tokens()).access_token
    const next = await k.next(one)
    expect((await next.get('/v2/userinfo', fresh)).status).toBe(200)
    expect(k.lines).toHaveLength(1)
  })

  it('a second one does not take the place of the first', async () => {
    for (const text of ['one', 'two']) {
      writeFileSync(k.file, text)
      await (await k.start()).sandbox.stop()
    }
    expect(readFileSync(`${k.file}.aside-1`, 'utf8')).toBe('one')
    expect(readFileSync(`${k.file}.aside-2`, 'utf8')).toBe('two')
  })
})

describe('a place that is of no use does not stop the sandbox', () => {
  it('a directory stays what it is; the run is in memory', async () => {
    mkdirSync(k.file)
    writeFileSync(join(k.file, 'precious'), 'x')
    const one = await k.start()
    await one.tokens()
    await one.sandbox.stop()
    expect(readdirSync(k.file)).toEqual(['precious'])
    expect(k.lines).toEqual([`The state file ${k.file} is not a file: this run is kept in memory only.`])
  })

  it('a folder that is not there is made', async () => {
    const stateFile = join(k.folder, 'not', 'yet', 'sandbox.json')
    const one = await k.start({ stateFile })
    await one.tokens()
    await one.sandbox.stop()
    expect(statSync(stateFile).isFile()).toBe(true)
  })

  it('one that cannot be written is said once each time, and tried again', async () => {
    const blocked = join(k.folder, 'blocked')
    const stateFile = join(blocked, 'sandbox.json')
    const one = await k.start({ stateFile })
    writeFileSync(blocked, 'a file where the folder should be')
    const { access_token } = await one.tokens()
    await expect.poll(() => k.lines, { timeout: 60_000 }).toHaveLength(1)
    expect(k.lines[0]).toMatch(/cannot be written \([A-Z]+\)/)
    rmSync(blocked)
    await one.tokens({ member: 'tomas' })
    await expect.poll(() => existsSync(stateFile), { timeout: 60_000 }).toBe(true)
    expect(readFileSync(stateFile, 'utf8')).toContain(access_token)
    expect(k.lines).toHaveLength(1)

    rmSync(blocked, { recursive: true })
    writeFileSync(blocked, 'once more')
    one.sandbox.control.reset()
    await expect.poll(() => k.lines, { timeout: 60_000 }).toHaveLength(2)
    await one.sandbox.stop()
    expect(k.lines).toHaveLength(2)
  })

  it('what a killed run left half-made is written over', async () => {
    writeFileSync(`${k.file}.new`, '{"is":"moor', { mode: 0o644 })
    const one = await k.start()
    await k.holds((await one.tokens()).access_token)
    expect(statSync(k.file).mode & 0o777).toBe(0o600)
    expect(readdirSync(k.folder)).toEqual(['sandbox.json'])
  })
})
