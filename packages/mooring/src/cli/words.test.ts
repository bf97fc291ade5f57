/** The words of the command line, and what its guide says of them. */
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { afterAll, describe, expect, it } from 'vitest'
import { cleanUp, run } from '../../test/process/harness.ts'
import { ERROR_STATUS, type ErrorCode } from '../error.ts'
import { EXIT, exitCode } from './exit.ts'
import { inDays, table } from './format.ts'
import { createProgram } from './main.ts'

afterAll(cleanUp)

const guide = readFileSync(new URL('../../../../docs/guides/cli.md', import.meta.url), 'utf8')
const configuration = readFileSync(new URL('../../../../docs/guides/configuration.md', import.meta.url), 'utf8')

/** Every command with something to do, by its full name: "keys generate". */
const leaves = (command: Command, path: string[] = []): { name: string; command: Command }[] =>
  command.commands.flatMap((one) => {
    const here = [...path, one.name()]
    return one.commands.length > 0 ? leaves(one, here) : [{ name: here.join(' '), command: one }]
  })
const program = createProgram()
const commands = leaves(program)

describe('help', () => {
  it.each(commands.map((one) => [one.name, one.command] as const))('%s says what it does and takes', (_, command) => {
    expect(command.description()).toMatch(/^[a-z].{10,}[^.]$/)
    const help = command.helpInformation()
    expect(help).toContain('Usage: mooring ')
    expect(help).toMatch(/Global Options:[\s\S]*--json +print JSON/)
    for (const option of command.options)
      expect([option.flags, option.description]).toEqual([option.flags, expect.stringMatching(/.{5,}/)])
  })

  it('no command takes a secret as an argument', () => {
    const words = commands.flatMap(({ command }) => [
      ...command.options.map((option) => option.flags),
      ...command.registeredArguments.map((argument) => argument.name()),
    ])
    expect(words.length).toBeGreaterThan(8)
    for (const word of words) expect(word).not.toMatch(/key|secret|password|code|url/i)
  })

  it('is asked for with code 0, and every wrong word is told with code 2 and the help', async () => {
    const env = { MOORING_DATA_DIR: '/nowhere' }
    const [help, version, unknown, option, missing, many, none] = await Promise.all([
      run(['connect', '--help'], env),
      run(['--version'], env),
      run(['conect'], env),
      run(['connections', '--loud'], env),
      run(['connect'], env),
      run(['token', 'a', 'b'], env),
      run([], env),
    ])
    expect([help.code, help.err]).toEqual([0, ''])
    expect(help.out).toContain('Usage: mooring connect [options] <provider>')
    expect([version.code, version.out, version.err]).toEqual([0, '0.1.0\n', ''])
    for (const [ran, sentence] of [
      [unknown, "error: unknown command 'conect'\n(Did you mean connect?)"],
      [option, "error: unknown option '--loud'"],
      [missing, "error: missing required argument 'provider'"],
      [many, "error: too many arguments for 'token'"],
      [none, 'Usage: mooring [options] [command]'],
    ] as const) {
      expect([ran.code, ran.out]).toEqual([2, ''])
      expect(ran.err).toContain(sentence)
      expect(ran.err).toContain('Usage: mooring')
    }
  })
})

describe('the guide', () => {
  /** The first column's words: `keys generate`, `connect <provider>`. */
  const rows = [...guide.matchAll(/^\| (`[^|]+`) \| ([^|]+) \|$/gm)].map(([, names = '', text = '']) => ({
    names: [...names.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
    text,
  }))
  const usage = (command: Command, name: string) =>
    [name, ...command.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}]`))].join(
      ' ',
    )

  it('names every command, its other name and its arguments, and none that is not there', () => {
    const there = commands.flatMap(({ name, command }) => [usage(command, name), ...command.aliases()])
    expect(rows.flatMap((row) => row.names).sort()).toEqual(there.sort())
  })

  it('names every option of each', () => {
    for (const { name, command } of commands) {
      const text = rows.find((row) => row.names.includes(usage(command, name)))?.text ?? ''
      for (const option of command.options) expect(text, name).toContain(`\`${option.long}`)
    }
  })

  it('names every exit code', () => {
    const codes = [...guide.matchAll(/^\| (\d) \| .+ \|$/gm)].map((match) => Number(match[1]))
    expect(codes).toEqual(Object.values(EXIT))
  })

  it('names every variable that the settings read, and those of the command line', () => {
    const sources = ['../config.ts', '../config-registration.ts', 'environment.ts', 'client.ts'].map((path) =>
      readFileSync(new URL(path, import.meta.url), 'utf8'),
    )
    const read = sources.flatMap((text) => [
      ...[...text.matchAll(/env\.([A-Z_]{4,})/g)].map((match) => match[1]),
      ...[...text.matchAll(/'((?:MOORING_|DATABASE_|HOST|PORT)[A-Z_]*)'/g)].map((match) => match[1]),
    ])
    expect(new Set(read).size).toBeGreaterThan(12)
    expect([...new Set(read)].filter((name) => !new RegExp(`\`\\$?${name}\\b`).test(configuration))).toEqual([])
  })
})

describe('exit codes', () => {
  it.each<[ErrorCode, number]>([
    ['invalid_request', 2],
    ['config_invalid', 3],
    ['misconfigured', 3],
    ['provider_not_configured', 3],
    ['vault_unknown_key', 3],
    ['unauthorized', 3],
    ['forbidden', 3],
    ['reauthorize', 4],
    ['disconnected', 4],
    ['access_denied', 4],
    ['scope_not_granted', 4],
    ['wrong_identity', 4],
    ['permission', 4],
    ['provider_unavailable', 5],
    ['provider_rate_limited', 5],
    ['failing', 5],
    ['database_unavailable', 6],
    ['database_locked', 6],
    ['database_missing', 6],
    ['not_found', 1],
    ['internal', 1],
  ])('%s is %i', (code, exit) => {
    expect(exitCode(code)).toBe(exit)
  })

  it('every code of an error has one of those that are documented, and none is success', () => {
    for (const code of Object.keys(ERROR_STATUS) as ErrorCode[])
      expect(Object.values(EXIT).filter((exit) => exit !== EXIT.ok)).toContain(exitCode(code))
  })
})

describe('columns and days', () => {
  it('columns are as wide as their widest cell, without blanks at the end', () => {
    expect(
      table(
        ['A', 'LONG'],
        [
          ['wider', 'x'],
          ['y', ''],
        ],
      ),
    ).toBe('A      LONG\nwider  x\ny')
    expect(table(['A', 'B'], [])).toBe('A  B')
  })

  const now = Date.parse('2026-11-21T12:00:00Z')
  it.each([
    [null, 'no end known'],
    ['2026-11-21T18:00:00Z', '2026-11-21, today'],
    ['2026-11-22T12:00:00Z', '2026-11-22, in 1 day'],
    ['2027-01-20T12:00:00Z', '2027-01-20, in 60 days'],
    ['2026-11-20T12:00:00Z', '2026-11-20, 1 day ago'],
    ['2026-11-11T12:00:00Z', '2026-11-11, 10 days ago'],
  ])('%s is "%s"', (at, text) => {
    expect(inDays(at, now)).toBe(text)
  })
})
