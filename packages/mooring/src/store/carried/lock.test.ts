import { execFile } from 'node:child_process'
import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { holderOf, takeLock } from './lock.ts'
import { type Identity, judge, lives, ourIdentity, startOf } from './process.ts'
import { cleanUp, temporaryFolder } from './testing.ts'

afterAll(cleanUp)

test('it is had by one, named to the other, and free afterwards', async () => {
  const path = temporaryFolder('lock')
  const first = await takeLock(path)
  expect(await takeLock(path)).toMatchObject({ holder: { pid: process.pid } })
  expect(await holderOf(path)).toMatchObject({ pid: process.pid })
  if ('release' in first) first.release()
  expect(await holderOf(path)).toBeUndefined()
  const third = await takeLock(path)
  expect('release' in third).toBe(true)
  if ('release' in third) third.release()
  expect(readdirSync(join(path, '..'))).toEqual([])
})

test('many processes, holders that die: never two inside, and the dead never block the living', async () => {
  const path = temporaryFolder('lock')
  const script = join(import.meta.dirname, 'lock-contender.fixture.ts')
  const contenders = Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, [script, path, '400']))
  const said = (await Promise.all(contenders)).map(
    ({ stdout }) => JSON.parse(stdout) as { taken: number; breaches: number },
  )
  expect(said.map(({ breaches }) => breaches)).toEqual([0, 0, 0, 0])
  expect(said.reduce((sum, { taken }) => sum + taken, 0)).toBeGreaterThan(100)
}, 60_000)

describe('whether the holder lives', () => {
  const here: Identity = { pid: 10, started: '500', boot: 'b1', namespace: 'n1', host: 'h1' }
  const nothing = () => undefined

  test.each<[string, Partial<Identity>, (pid: number) => string | undefined, string]>([
    ['the very process', {}, () => '500', 'alive'],
    ['no such process', {}, nothing, 'dead'],
    ['its pid was recycled', { started: '400' }, () => '500', 'dead'],
    ['it lives, and its start cannot be seen', {}, () => '', 'alive'],
    ['the machine was started anew', { boot: 'b0' }, () => '500', 'dead'],
    ['another machine on a shared disk', { boot: 'b0', host: 'h2' }, () => '500', 'unknown'],
    ['another container of this machine', { namespace: 'n2', host: 'h2' }, () => '500', 'unknown'],
    ['another container of the same name', { namespace: 'n2' }, nothing, 'unknown'],
  ])('%s', (_, other, look, verdict) => {
    expect(judge({ ...here, ...other }, here, look)).toBe(verdict)
  })

  test.each<[string, string, string]>([
    ['1700000003000', '1700000000000', 'alive'],
    ['1700000090000', '1700000000000', 'dead'],
  ])('where the system tells a date (%s, said %s): %s', (seen, said, verdict) => {
    const elsewhere: Identity = { pid: 10, started: said, boot: '', namespace: '', host: 'h1' }
    expect(judge(elsewhere, elsewhere, () => seen)).toBe(verdict)
  })

  test('our own start is seen as we say it, and a pid that none has is dead', () => {
    expect(judge(ourIdentity(), ourIdentity(), startOf)).toBe('alive')
    expect(lives(process.pid)).toBe(true)
    expect(lives(0x7fff_fff0)).toBe(false)
  })
})

test('a holder in another container is alive while its lock is renewed', async () => {
  const path = temporaryFolder('lock')
  writeFileSync(path, JSON.stringify({ ...ourIdentity(), pid: 1, namespace: 'another', nonce: 'of-a-container' }))
  const beat = setInterval(() => utimesSync(path, new Date(), new Date()), 100)
  try {
    expect(await takeLock(path)).toMatchObject({ holder: { pid: 1 } })
  } finally {
    clearInterval(beat)
  }
})
