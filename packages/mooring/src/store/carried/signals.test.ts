import { readFileSync, realpathSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { cleanUp, processesIn, startChild, temporaryFolder, until } from './testing.ts'

afterAll(cleanUp)

const groupOf = (pid: number): number => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2])

test('Ctrl-C (SIGINT to the whole group) leaves us the database until we have finished', async () => {
  const dataDir = temporaryFolder('data')
  const child = startChild({ dataDir })
  await child.says('ready')
  process.kill(-(child.process.pid ?? 0), 'SIGINT')
  await child.says('stopped')
  expect(await child.ended).toBe(0)
  expect(child.lines.filter((line) => line.event === 'ack').length).toBeGreaterThan(1)
  expect(child.lines.some((line) => line.event === 'exit')).toBe(false)
  expect(processesIn(realpathSync(dataDir))).toEqual([])
}, 60_000)

test.runIf(process.platform === 'linux')(
  'a service manager that signals every process (SIGTERM) leaves us the database, too',
  async () => {
    const dataDir = temporaryFolder('data')
    const child = startChild({ dataDir })
    const { pid } = await child.says('ready')
    process.kill(-groupOf(pid), 'SIGTERM')
    process.kill(-(child.process.pid ?? 0), 'SIGTERM')
    await child.says('stopped')
    expect(await child.ended).toBe(0)
    expect(child.lines.filter((line) => line.event === 'ack').length).toBeGreaterThan(1)
    await until('no process is left', () => processesIn(realpathSync(dataDir)).length === 0)
  },
  60_000,
)

test.runIf(process.platform === 'linux')(
  'the watcher killed: we are told, and PostgreSQL does not stay behind',
  async () => {
    const dataDir = temporaryFolder('data')
    const child = startChild({ dataDir })
    const { pid } = await child.says('ready')
    const watchers = processesIn(realpathSync(dataDir)).filter((line) => line.includes('/bin/sh'))
    expect(watchers).toHaveLength(2)
    for (const line of watchers) process.kill(Number.parseInt(line, 10), 'SIGKILL')
    expect((await child.says('exit')).reason).toContain('ended by itself')
    await until('PostgreSQL has ended', () => processesIn(realpathSync(dataDir)).length === 0)
    expect(pid).toBeGreaterThan(0)
  },
  60_000,
)

test('PostgreSQL ended from outside: we are told why', async () => {
  const dataDir = temporaryFolder('data')
  const child = startChild({ dataDir })
  const { pid } = await child.says('ready')
  process.kill(pid, 'SIGINT')
  expect((await child.says('exit')).reason).toMatch(/ended by itself[\s\S]*shut down/)
}, 60_000)
