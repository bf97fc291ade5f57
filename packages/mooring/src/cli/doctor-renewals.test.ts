/** The doctor on renewals: the judgement, and as a process beside a server whose app is refused. */
import { afterAll, describe, expect, it } from 'vitest'
import { cleanUp, run, startServer } from '../../test/process/harness.ts'
import { connect, steer } from '../../test/process/person.ts'
import { judgeRenewals } from './doctor-renewals.ts'

afterAll(cleanUp)

const NOW = Date.parse('2026-11-21T12:00:00Z')
const minutes = (ago: number) => new Date(NOW - ago * 60_000)
const known = [
  { id: 'one', app: { envPrefix: 'ONE' } },
  { id: 'two', app: { envPrefix: 'TWO' } },
]
const alert = {
  registration: 'one',
  message: 'Acme refuses the app "One" of this server.',
  detail: '401 invalid_client',
  provider_code: 'invalid_client',
  since: minutes(60),
}

describe('the judgement', () => {
  const OK = [{ check: 'renewals', level: 'ok', message: 'No platform refuses an app, and nothing is overdue.' }]

  it.each<[string, Map<string, Date>, number]>([
    ['nothing is due', new Map(), 2],
    ['what is due has been for a moment', new Map([['one', minutes(14)]]), 2],
    ['nobody serves, so nobody is late', new Map([['one', minutes(600)]]), 0],
  ])('all is well where %s', (_, oldest, processes) => {
    expect(judgeRenewals(known, [], oldest, processes, NOW)).toEqual(OK)
  })

  it('what has been due for more than 15 minutes beside a server that runs is told', () => {
    const oldest = new Map([
      ['one', minutes(16)],
      ['two', minutes(3)],
    ])
    expect(judgeRenewals(known, [], oldest, 1, NOW)).toEqual([
      {
        check: 'renewals',
        level: 'warning',
        message: 'A connection of one has been due for 16 minutes: the sweep does not reach it.',
        mend: expect.stringContaining('log'),
      },
    ])
  })

  it('an app that is refused is told with what to check, and is the reason for what is overdue there', () => {
    expect(judgeRenewals(known, [alert], new Map([['one', minutes(60)]]), 1, NOW)).toEqual([
      {
        check: 'renewals',
        level: 'error',
        message: 'Acme refuses the app "One" of this server, since 2026-11-21 11:00:00 UTC (invalid_client).',
        mend: 'Check ONE_CLIENT_ID and ONE_CLIENT_SECRET, then restart. It said: 401 invalid_client',
      },
    ])
    const unknown = judgeRenewals([], [{ ...alert, detail: null }], new Map(), 1, NOW)
    expect(unknown[0]?.mend).toBe('Check the app at the platform, then restart.')
  })
})

describe('beside a server', () => {
  it('connections <id>, forecast, alerts and doctor tell the same story, and each ends with its code', async () => {
    const server = await startServer()
    const mara = await connect(server)
    const [one, json, forecast, none] = await Promise.all([
      run(['connections', mara.id], server.env),
      run(['connections', mara.id, '--json'], server.env),
      run(['forecast', '--days', '366'], server.env),
      run(['alerts'], server.env),
    ])
    for (const ran of [one, json, forecast, none]) expect([ran.code, ran.err]).toEqual([0, ''])
    expect(one.out).toMatch(
      /^Mara Lindqvist \(linkedin\)\n {2}connection +\S+\n {2}state +connected\n {2}health +Renews itself/,
    )
    expect(one.out).toMatch(/\n {2}accounts +Mara Lindqvist \(person\), Acme Bakery \(organization\)/)
    expect(one.out).toMatch(
      /\nWHEN \(UTC\) +WHAT +WHO\n(.*\n)*\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +connection\.connected +\S/,
    )
    expect(json.json()).toEqual({
      connection: mara,
      events: expect.arrayContaining([
        expect.objectContaining({ type: 'connection.connected', connectionId: mara.id }),
      ]),
      more: false,
    })
    expect(forecast.out).toMatch(/^Connections that need a person: 0 now, 0 within 7 days/)
    expect(forecast.out).toMatch(
      /\nLater\n(?:.*\n)* {2}\d{4}-\d\d-\d\d, in 36[45] days +person +linkedin +Mara Lindqvist +Renews/,
    )
    expect(none.out).toBe('Nothing is to be mended.\n')

    await steer(server.sandbox(), { linkedin: { app: { registration: 'linkedin', secretRefused: true } } })
    expect((await server.api('POST', `/connections/${mara.id}/refresh`)).status).toBe(503)
    const [alerts, asJson, doctor, days] = await Promise.all([
      run(['alerts'], server.env),
      run(['alerts', '--json'], server.env),
      run(['doctor'], server.env),
      run(['forecast', '--days', '0'], server.env),
    ])
    expect([alerts.code, asJson.code, doctor.code, days.code]).toEqual([3, 3, 1, 2])
    expect(alerts.out).toMatch(
      /^linkedin: LinkedIn refuses the app "LinkedIn" of this server\.\n {2}code +misconfigured, /,
    )
    expect(asJson.json().data).toMatchObject([{ registration: 'linkedin', times: 1 }])
    expect(doctor.out).toMatch(
      /^ERROR +renewals +LinkedIn refuses the app "LinkedIn" of this server, since .+ UTC \(invalid_client\)\.\n +Check LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET, then restart\./m,
    )
    expect(days.err).toBe('\nA forecast covers 1 to 366 days.\n  --days 90\n')
  })
})
