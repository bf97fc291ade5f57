/** The log: JSON lines on standard error, with whatever is named like a secret taken out. */
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const lines = (level: string, code: string): { out: string; err: string; lines: Record<string, unknown>[] } => {
  const module = JSON.stringify(new URL('./log.ts', import.meta.url).href)
  const script = `const { createLog } = await import(${module}); const log = createLog('${level}'); ${code}`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  const text = stderr.split('\n').filter((line) => line !== '')
  return { out: stdout, err: stderr, lines: text.map((line) => JSON.parse(line) as Record<string, unknown>) }
}

const NAMES = [
  'token',
  'accessToken',
  'refreshToken',
  'access_token',
  'refresh_token',
  'id_token',
  'verifier',
  'secret',
  'password',
  'authorization',
  'cookie',
  'key',
  'clientSecret',
  'client_secret',
]

describe('the log', () => {
  it('one line an event, in order, with level and time, on standard error alone', () => {
    const { out, lines: told } = lines(
      'info',
      "log.debug({}, 'no'); log.info({ port: 8003 }, 'one'); log.error({ code: 'internal' }, 'two')",
    )
    expect(out).toBe('')
    expect(told).toEqual([
      { level: 'info', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), port: 8003, msg: 'one' },
      { level: 'error', time: expect.any(String), code: 'internal', msg: 'two' },
    ])
  })

  it('what bears the name of a secret is taken out, at the top and one below', () => {
    const fields = Object.fromEntries(NAMES.map((name) => [name, `CANARY-${name}`]))
    const { err, lines: told } = lines(
      'warn',
      `log.warn(${JSON.stringify({ ...fields, inside: fields, kept: 'kept' })}, 'm')`,
    )
    expect(err).not.toContain('CANARY')
    expect(told[0]).toMatchObject({ kept: 'kept', token: '[redacted]', inside: { cookie: '[redacted]' } })
    expect(Object.keys(told[0]?.inside as object)).toEqual(NAMES)
  })
})
