/** Attack 21, refresh replay and stampede: a refresh token is sent once, however many ask, and a platform that says "reuse" is heard. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Fleet, startFleet, until } from '../process/storm-fleet.ts'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet({ reuse: 'kills' })
})
afterAll(() => fleet?.stop())

const HOUR = 3601

it('50 at once on 4 processes: one request, one token, also when they come in waves', async () => {
  const { id, tokens } = await fleet.connect()
  await fleet.advance(HOUR)
  const answers = (await Promise.all([fleet.storm(id, 50), fleet.storm(id, 50), fleet.storm(id, 50)])).flat()
  expect(new Set(answers.map((one) => one.status))).toEqual(new Set([200]))
  const [token, ...others] = new Set(answers.map((one) => one.accessToken))
  expect(others).toEqual([])
  expect(fleet.rotating.takes(token ?? '')).toBe(true)
  expect(fleet.rotating.requests.map((one) => one.refreshToken)).toEqual([tokens.refreshToken])
})

it('the new token is stored before the lease is free: nobody finds the old one and sends it', async () => {
  const { id } = await fleet.connect()
  const [owner] = fleet.members
  await fleet.advance(HOUR)
  const sent = fleet.rotating.requests.length
  await owner?.arm('before-store', 'hold')
  const first = fleet.ask(id, 0)
  await owner?.reached('before-store')
  expect((await fleet.row(id)).lease_id).not.toBeNull()
  const asking = fleet.storm(id, 50)
  await owner?.release('before-store')
  expect(new Set([await first, ...(await asking)].map((one) => one.status))).toEqual(new Set([200]))
  expect(await fleet.row(id)).toMatchObject({ lease_id: null, token_version: '2' })
  expect(fleet.rotating.requests).toHaveLength(sent + 1)
})

it('a stolen refresh token that was used elsewhere: the platform says reuse, and so do the standing, the history and the log', async () => {
  const { id, tokens } = await fleet.connect()
  // The thief was first.
  const basic = Buffer.from('test-storm:test-secret').toString('base64')
  const stolen = await fetch(`${fleet.rotating.url}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: tokens.refreshToken }),
  })
  const { access_token: theirs } = (await stolen.json()) as { access_token: string }
  await fleet.advance(HOUR - 10)
  const sent = fleet.rotating.requests.length
  const answers = await fleet.storm(id, 50)
  // The end of the grant reached the token that still had ten seconds, and the thief's as well.
  await until('all is said', async () => (await fleet.row(id)).state === 'reauthorize')
  expect(fleet.rotating.takes(theirs)).toBe(false)
  const after = await fleet.storm(id, 50)
  for (const one of [...answers.filter((one) => one.status !== 200), ...after]) {
    expect(one.body).toMatchObject({
      status: 409,
      code: 'reauthorize',
      detail: 'Storm ended our access. Reconnect to go on.',
      operatorDetail: 'token endpoint: 400 invalid_grant refresh token reuse detected',
      providerCode: 'invalid_grant',
    })
  }
  expect(fleet.rotating.requests).toHaveLength(sent + 1)
  const lines = (await Promise.all(fleet.members.map((one) => one.lines()))).flat()
  const told = lines.filter((one) => one.fields.connection === id && one.level === 'warn')
  expect(told.map((one) => [one.message, one.fields])).toEqual([
    [
      'a refresh failed',
      expect.objectContaining({
        state: 'reauthorize',
        code: 'reauthorize',
        providerCode: 'invalid_grant',
        detail: 'token endpoint: 400 invalid_grant refresh token reuse detected',
      }),
    ],
  ])
  expect(JSON.stringify(lines)).not.toContain(tokens.refreshToken)
  const history = await fleet.database.query('select type from mooring.events where connection_id = $1', [id])
  expect(history).toEqual([{ type: 'connection.reauthorize' }])
})
