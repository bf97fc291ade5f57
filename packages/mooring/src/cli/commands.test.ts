/** Every command against a server that runs. What they print is kept, and looked through for secrets at the end. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  cleanUp,
  type Env,
  launch,
  type Ran,
  run,
  type Server,
  serverFile,
  startServer,
  until,
} from '../../test/process/harness.ts'
import { followLink, signIn, steer } from '../../test/process/person.ts'
import type { Json, Visit } from '../../test/world.ts'

afterAll(cleanUp)

const API_KEY = 'CANARY-key-of-the-instance'
const said: string[] = []
const secrets = new Set<string>([API_KEY])
let server: Server
let mara: Json
beforeAll(async () => {
  server = await startServer({
    env: { MOORING_API_KEY: API_KEY, MOORING_LOG: 'debug', MOORING_STARTS_PER_HOUR: '100' },
  })
  secrets.add(serverFile(server.dataDir).key)
  secrets.add(readFileSync(join(server.dataDir, 'vault.key'), 'utf8').trim())
  secrets.add(new URL(server.link()).hash.slice(1))
})

const mooring = async (args: string[], env: Env = server.env): Promise<Ran> => {
  const ran = await run(args, env)
  // What was asked for by name is no leak.
  if (!['token', 'sign-in-link', 'owner', 'create'].some((name) => args.includes(name))) said.push(ran.out)
  said.push(ran.err)
  return ran
}

/** `connect …`, with a person who follows the link that it prints. */
async function connecting(args: string[], visit: Visit = {}): Promise<Ran> {
  const command = launch(['connect', ...args], server.env)
  const link = () => /^ {2}(http:\S+\/start\/\S+)$/m.exec(command.out() + command.err())?.[1]
  await until('the link is printed', () => command.over() || link() !== undefined)
  const startUrl = link()
  if (startUrl) {
    secrets.add(startUrl.split('/start/')[1] ?? '')
    expect((await followLink(startUrl, visit)).status).toBe(303)
  }
  const { code } = await command.ended
  const [out, err] = [command.out(), command.err()]
  said.push((out + err).replace(startUrl ?? '', ''))
  return { code, out, err, json: () => JSON.parse(out) }
}

const idIn = (out: string): string => /^Connection ([0-9a-f-]{36})$/m.exec(out)?.[1] ?? ''

describe('connect', () => {
  it('prints a link, waits, and says what came back: without somebody to ask, every account', async () => {
    const done = await connecting(['linkedin'])
    expect([done.code, done.err]).toEqual([0, ''])
    expect(done.out).toContain('Open this link in your browser. It is good once, for 10 minutes:\n')
    expect(done.out).toMatch(
      /\nConnected as Mara Lindqvist\. .+\n( {2}(person|organization) +\S.+\n){3}\nConnection [0-9a-f-]{36}\n$/,
    )
    mara = (await server.api('GET', `/connections/${idIn(done.out)}`)).body
    expect(mara.accounts).toHaveLength(3)
  })

  it('--json leaves the connection alone on standard output', async () => {
    const ines = await connecting(['linkedin', '--json'], { member: 'ines' })
    expect(ines.json()).toMatchObject({ state: 'connected', accounts: [{ kind: 'person', label: 'Ines Okafor' }] })
    expect(ines.err).toContain('Open this link in your browser.')
  })

  it('--accounts takes those that are named, and tells when one of them cannot be had', async () => {
    const started = await server.api('POST', '/flows', { provider: 'linkedin' })
    await followLink(started.body.startUrl, { member: 'priya' })
    const { candidates } = (await server.api('GET', `/flows/${started.body.id}`)).body
    const [one, two] = candidates
      .filter((candidate: Json) => candidate.selectable)
      .map((candidate: Json) => candidate.id)
    const both = await connecting(['linkedin', '--accounts', `${one}, ${two}`, '--json'], { member: 'priya' })
    expect(
      both
        .json()
        .accounts.map((account: Json) => account.subject)
        .sort(),
    ).toEqual([one, two].sort())
    const wrong = await connecting(['linkedin', '--accounts', 'urn:li:organization:1'], { member: 'priya' })
    expect([wrong.code, wrong.err]).toEqual([1, '\nOne of these accounts cannot be chosen.\n'])
    // Nothing to choose from: the person alone is taken, and it is not what was named.
    const other = await connecting(['linkedin', '--registration', 'linkedin', '--accounts', one], { member: 'tomas' })
    expect(other.code).toBe(1)
    expect(other.err).toMatch(
      new RegExp(
        `^\nOne of these accounts cannot be chosen\\.\n  Connection \\S+ was made without ${one}\\. It has \\S+\\.\n$`,
      ),
    )
  })

  it('a person who says no ends it with code 4 and a sentence', async () => {
    const denied = await connecting(['linkedin'], { press: 'cancel' })
    expect(denied.code).toBe(4)
    expect(denied.err).toMatch(/^\n[A-Z].*(not|no|cancel).*\.\n/)
    expect(denied.err).not.toMatch(/\n\s+at /)
    const json = await connecting(['linkedin', '--json'], { press: 'cancel' })
    expect([json.code, json.out]).toEqual([4, ''])
    expect(JSON.parse(json.err.slice(json.err.lastIndexOf('\n{') + 1)).code).toBe('access_denied')
  })

  it('--reconnect renews the one that is named, and takes nobody else for it', async () => {
    const same = await connecting(['linkedin', '--reconnect', mara.id, '--json'])
    expect([same.code, same.json().id]).toEqual([0, mara.id])
    const other = await connecting(['linkedin', '--reconnect', mara.id], { member: 'priya' })
    expect(other.code).toBe(4)
    expect(other.err).toContain('Mara Lindqvist')
  })

  it('what is not there is refused before a link is printed', async () => {
    const [provider, connection] = await Promise.all([
      connecting(['unheard-of']),
      connecting(['linkedin', '--reconnect', '00000000-0000-4000-8000-000000000000']),
    ])
    expect([provider.code, provider.out, provider.err]).toEqual([3, '', '\nThere is no such provider.\n'])
    expect([connection.code, connection.out]).toEqual([1, ''])
  })
})

describe('on connections', () => {
  it('connections: a table, and as JSON with --json before or after the name', async () => {
    const [text, before, after] = await Promise.all([
      mooring(['connections']),
      mooring(['--json', 'connections']),
      mooring(['connections', '--json']),
    ])
    expect(text.out.split('\n')[0]).toMatch(/^CONNECTION +PROVIDER +AS +STATE +TOKEN ENDS +ACCOUNTS$/)
    expect(text.out).toMatch(
      new RegExp(`^${mara.id} +linkedin +Mara Lindqvist +connected +\\d{4}-\\d\\d-\\d\\d, in \\d+ days +3$`, 'm'),
    )
    expect(after.json()).toEqual(before.json())
    expect(after.json().data.map((one: Json) => one.id)).toContain(mara.id)
    expect([text.err, before.err, after.err]).toEqual(['', '', ''])
  })

  it('token: the token alone, so that a shell can use it', async () => {
    const [text, json] = await Promise.all([mooring(['token', mara.id]), mooring(['token', mara.id, '--json'])])
    const { accessToken } = (await server.api('GET', `/connections/${mara.id}/token`)).body
    secrets.add(accessToken)
    expect([text.code, text.out, text.err]).toEqual([0, `${accessToken}\n`, ''])
    expect(json.json()).toMatchObject({ connectionId: mara.id, accessToken, tokenType: 'Bearer' })
  })

  it('refresh and profile', async () => {
    const refresh = await mooring(['refresh', mara.id])
    expect(refresh.out).toMatch(/^Renewed\. The token ends \d{4}-\d\d-\d\d, in \d+ days\.\n$/)
    const [text, json] = await Promise.all([mooring(['profile', mara.id]), mooring(['profile', mara.id, '--json'])])
    expect(text.out).toMatch(
      /^LinkedIn answered\. Mara Lindqvist is connected\.\n {2}name {5}Mara Lindqvist\n {2}subject {2}\S+\n/,
    )
    expect(json.json()).toMatchObject({ ok: true, connection: { id: mara.id } })
    secrets.add((await server.api('GET', `/connections/${mara.id}/token`)).body.accessToken)
  })

  it('one that is not there, and one that is none, end with code 1', async () => {
    const none = '00000000-0000-4000-8000-000000000000'
    const all = await Promise.all([
      mooring(['token', none]),
      mooring(['refresh', '../api-keys']),
      mooring(['profile', 'x', '--json']),
    ])
    expect(all.map((one) => [one.code, one.out])).toEqual([
      [1, ''],
      [1, ''],
      [1, ''],
    ])
    expect(JSON.parse(all[2]?.err ?? '').code).toBe('not_found')
  })

  it('the platform away is code 5, our client refused is code 3, the person gone is code 4', async () => {
    const sandbox = server.sandbox()
    await steer(sandbox, { outage: true })
    const away = await mooring(['refresh', mara.id])
    await steer(sandbox, { outage: false, linkedin: { app: { registration: 'linkedin', secretRefused: true } } })
    const refused = await mooring(['refresh', mara.id])
    await steer(sandbox, { linkedin: { app: { registration: 'linkedin', secretRefused: false } } })
    expect((await mooring(['refresh', mara.id])).code).toBe(0)
    await steer(sandbox, { linkedin: { revokeGrant: { registration: 'linkedin', member: 'mara' } } })
    const gone = await mooring(['profile', mara.id])
    const token = await mooring(['token', mara.id])
    expect([away.code, refused.code, gone.code, token.code]).toEqual([5, 3, 4, 4])
    for (const { err } of [away, refused, token]) expect(err).toMatch(/^\n[A-Z].+\.\n/)
    expect([token.out, gone.err]).toEqual(['', ''])
    expect(gone.out).toMatch(/reconnect|connect again|ended|removed/i)
  })
})

describe('of the operator', () => {
  it('providers: what is played, and as JSON', async () => {
    const [text, json] = await Promise.all([mooring(['providers']), mooring(['providers', '--json'])])
    expect(text.out).toMatch(new RegExp(`^linkedin +LinkedIn +simulated +${server.url}/callback/linkedin$`, 'm'))
    expect(json.json().data[0]).toMatchObject({ id: 'linkedin', simulated: true })
  })

  it('keys generate: 44 characters, another each time', async () => {
    const [a, b] = await Promise.all([mooring(['keys', 'generate']), mooring(['keys', 'generate', '--json'])])
    expect(a.out).toMatch(/^[A-Za-z0-9_-]{43}=\n$/)
    expect(b.json().key).toMatch(/^[A-Za-z0-9_-]{43}=$/)
    expect(b.json().key).not.toBe(a.out.trim())
  })

  it('sign-in-link: one that signs in, once, and no second owner', async () => {
    const { out } = await mooring(['sign-in-link'])
    expect(out).toMatch(
      /^(The owner was made\.\n)?http:\/\/localhost:\d+\/setup#[\w-]{43}\n\nGood once, for 24 hours\.\n$/,
    )
    const link = /http\S+/.exec(out)?.[0] ?? ''
    expect([(await signIn(server, link)).status, (await signIn(server, link)).status]).toEqual([200, 401])
    const { link: other, ownerMade } = (await mooring(['owner', '--json'])).json()
    expect([ownerMade, (await signIn(server, other)).status]).toEqual([false, 200])
    for (const one of [link, other]) secrets.add(new URL(one).hash.slice(1))
  })

  it('openapi: the document', async () => {
    const document = (await mooring(['openapi'])).json()
    expect([document.openapi, Object.keys(document.paths).length > 15]).toEqual(['3.1.0', true])
  })
})

describe('with a server elsewhere', () => {
  const none = { MOORING_DATA_DIR: '/nowhere' }

  it('MOORING_URL and MOORING_API_KEY lead to it', async () => {
    const listed = await mooring(['connections', '--json'], {
      ...none,
      MOORING_URL: server.url,
      MOORING_API_KEY: API_KEY,
    })
    expect(listed.json().data.map((one: Json) => one.id)).toContain(mara.id)
  })

  it.each([
    ['a wrong key', { MOORING_API_KEY: 'CANARY-wrong' }, 3, /^\nSign in, or send an API key\.\n/],
    ['no key', {}, 3, /MOORING_API_KEY is missing beside MOORING_URL\./],
    ['no address', { MOORING_URL: 'CANARY', MOORING_API_KEY: API_KEY }, 3, /MOORING_URL is not an address\./],
    [
      'nobody there',
      { MOORING_URL: 'http://127.0.0.1:1', MOORING_API_KEY: API_KEY },
      6,
      /^\nNo server answers at http:\/\/127\.0\.0\.1:1\.\n/,
    ],
  ])('%s is told', async (_, env, code, sentence) => {
    const ran = await mooring(['connections'], { ...none, MOORING_URL: server.url, ...env })
    expect([ran.code, ran.out]).toEqual([code, ''])
    expect(ran.err).toMatch(sentence)
  })

  it('a sign-in link is not made from afar', async () => {
    const ran = await mooring(['sign-in-link'], { ...none, MOORING_URL: server.url, MOORING_API_KEY: API_KEY })
    expect([ran.code, ran.out]).toEqual([3, ''])
    expect(ran.err).toContain('on the machine of the server')
  })
})

describe('after all that', () => {
  it('no command printed a secret that was not asked for', () => {
    expect(secrets.size).toBeGreaterThan(10)
    for (const text of said) for (const secret of [...secrets, 'CANARY-wrong']) expect(text).not.toContain(secret)
  })

  it('the server’s log is JSON lines on standard error, without a secret and without the addresses of requests', () => {
    const lines = server
      .err()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.length).toBeGreaterThan(40)
    for (const line of lines)
      expect(line).toMatchObject({ level: expect.any(String), time: expect.any(String), msg: expect.any(String) })
    expect(lines.some((line) => line.route === '/start/:ticket' && line.status === 303)).toBe(true)
    expect(lines.some((line) => line.route === '/callback/:registration')).toBe(true)
    for (const secret of secrets) expect(server.err()).not.toContain(secret)
    expect(server.err()).not.toMatch(/[?&](code|state)=/)
  })

  it('and its standard output is what it said at the start', () => {
    expect(server.out().trimEnd().split('\n').at(-1)).toMatch(/^ {2}Platforms /)
  })
})

describe('api-keys', () => {
  it('are made, printed once, listed without the key, and revoked', async () => {
    const made = await mooring([
      'api-keys',
      'create',
      'Nightly',
      '--scopes',
      'connections:read, tokens:read',
      '--days',
      '30',
    ])
    expect([made.code, made.err]).toEqual([0, ''])
    const key = made.out.trim()
    secrets.add(key)
    expect(key).toMatch(/^mk_test_[0-9A-Za-z]{39}$/)
    const asked = () => fetch(`${server.url}/api/v1/connections`, { headers: { authorization: `Bearer ${key}` } })
    expect((await asked()).status).toBe(200)
    const listed = await mooring(['api-keys', 'list'])
    const line = listed.out.split('\n').find((one) => one.includes('Nightly')) ?? ''
    expect(line).toContain(key.slice(0, 12))
    expect(line).toContain('in 30 days')
    expect(line).toContain('connections:read,tokens:read')
    const { data } = (await mooring(['api-keys', 'list', '--json'])).json()
    const [{ id }] = data.filter((one: Json) => one.name === 'Nightly')
    expect((await mooring(['api-keys', 'revoke', id])).code).toBe(0)
    expect((await asked()).status).toBe(401)
    expect((await mooring(['api-keys', 'revoke', id])).code).toBe(1)
  })

  it.each([
    ['--days', '0', 2],
    ['--days', 'soon', 2],
    ['--scopes', 'everything', 2],
    ['--workspace', crypto.randomUUID(), 1],
  ])('are not made with %s %s', async (option, value, code) => {
    const ran = await mooring(['api-keys', 'create', 'x', option, value])
    expect([ran.code, ran.out]).toEqual([code, ''])
    expect(ran.err).not.toBe('')
  })
})
