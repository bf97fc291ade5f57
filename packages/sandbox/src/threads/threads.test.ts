/** What the simulated Threads refuses, and what it gives: from reports of its clients, not from ours. */
import { describe, expect, it } from 'vitest'
import type { CommandInput } from '../control/command.ts'
import { bench, type Fields } from '../core/testing.ts'

const REDIRECT = 'https://app.example/callback/threads'
const GRAPH = 'https://graph.threads.net'
const DAY = 86_400
const b = bench('threads', [REDIRECT, 'https://app.example/other'])

const steer = (threads: CommandInput['threads']) => b.sandbox.control.apply({ threads })
const url = (fields: Fields = {}) =>
  b.address('https://www.threads.net/oauth/authorize', {
    response_type: 'code',
    client_id: b.app.clientId,
    redirect_uri: REDIRECT,
    scope: 'threads_basic,threads_content_publish',
    state: 'state-1',
    ...fields,
  })
const code = async () => (await b.visit(url())).back?.searchParams.get('code') ?? 'no code'
const right = async (fields: Fields = {}): Promise<Fields> => ({
  grant_type: 'authorization_code',
  client_id: b.app.clientId,
  client_secret: b.app.clientSecret,
  redirect_uri: REDIRECT,
  code: 'code' in fields ? fields.code : await code(),
  ...fields,
})
const exchange = async (fields: Fields = {}) => b.post(`${GRAPH}/oauth/access_token`, await right(fields))
const short = async (): Promise<string> => (await exchange()).json.access_token
const lengthen = (access_token: string, fields: Fields = {}) =>
  b.get(
    b.address(`${GRAPH}/access_token`, {
      ...{ grant_type: 'th_exchange_token', client_secret: b.app.clientSecret, access_token },
      ...fields,
    }),
  )
const long = async (): Promise<string> => (await lengthen(await short())).json.access_token
const refresh = (access_token: string, fields: Fields = {}) =>
  b.get(b.address(`${GRAPH}/refresh_access_token`, { grant_type: 'th_refresh_token', access_token, ...fields }))
const me = (token: string, query = '?fields=id,username') => b.get(`${GRAPH}/v1.0/me${query}`, token)

describe('the window', () => {
  it('sends back a code and the state, or a refusal', async () => {
    expect((await b.visit(url())).back?.searchParams.get('state')).toBe('state-1')
    const { back } = await b.visit(url(), { press: 'cancel' })
    expect(Object.fromEntries(back?.searchParams ?? [])).toMatchObject({ error: 'access_denied', state: 'state-1' })
  })

  it.each<[string, Fields]>([
    ['an unknown client', { client_id: '1' }],
    ['another address', { redirect_uri: `${REDIRECT}/` }],
    ['no response type', { response_type: undefined }],
    ['no scope', { scope: undefined }],
    ['no basic scope', { scope: 'threads_content_publish' }],
    ['a scope that does not exist', { scope: 'threads_basic,threads_everything' }],
  ])('shows its own page and sends nobody back for %s', async (_name, fields) => {
    const shown = await b.visit(url(fields))
    expect([shown.back, /something went wrong/.test(shown.page)]).toEqual([undefined, true])
  })
})

describe('tokens', () => {
  it('are short first: an hour, by POST or GET', async () => {
    const { json } = await exchange()
    expect(json).toEqual({ access_token: expect.stringMatching(/^THAA/), user_id: '24600000000000101' })
    expect((await b.get(b.address(`${GRAPH}/oauth/access_token`, await right()))).status).toBe(200)
    steer({ settings: { tokenByGet: 'refused' } })
    expect((await b.get(b.address(`${GRAPH}/oauth/access_token`, await right()))).status).toBe(400)
    b.sandbox.control.advance(3600)
    expect((await me(json.access_token)).json.error).toMatchObject({ code: 190, error_subcode: 463 })
  })

  it.each<[string, Fields, number, number | undefined]>([
    ['a wrong secret', { client_secret: 'wrong' }, 1, undefined],
    ['an unknown client', { client_id: '1' }, 101, undefined],
    ['a made-up code', { code: 'AQmade-up' }, 100, 36007],
    ['another address', { redirect_uri: 'https://app.example/other' }, 100, 36008],
    ['no grant type', { grant_type: undefined }, 100, undefined],
  ])('are refused for %s', async (_name, fields, error, subcode) => {
    expect((await exchange(fields)).json.error).toMatchObject({
      code: error,
      ...(subcode && { error_subcode: subcode }),
    })
  })

  it('come once for a code', async () => {
    const once = await code()
    expect((await exchange({ code: once })).status).toBe(200)
    expect((await exchange({ code: once })).json.error).toMatchObject({ code: 100, error_subcode: 36009 })
  })

  it('are made long once, with the secret, while they live', async () => {
    const token = await short()
    expect((await lengthen(token, { client_secret: 'wrong' })).json.error.code).toBe(1)
    expect((await lengthen(token, { grant_type: 'ig_exchange_token' })).status).toBe(400)
    const { json } = await lengthen(token)
    expect(json).toMatchObject({ token_type: 'bearer', expires_in: 5_183_944 })
    expect((await lengthen(json.access_token)).status).toBe(400)
    b.sandbox.control.advance(3600)
    expect((await lengthen(token)).json.error.code).toBe(190)
  })

  it('are refreshed after a day and before their end, and not when they are short', async () => {
    const token = await long()
    expect((await refresh(token)).status).toBe(400)
    b.sandbox.control.advance(DAY)
    expect((await refresh(token)).json).toMatchObject({ expires_in: 5_183_944 })
    expect((await refresh(await short())).status).toBe(400)
    b.sandbox.control.advance(60 * DAY)
    expect((await refresh(token)).json.error).toMatchObject({ code: 190, error_subcode: 463 })
  })

  it('end with the grant', async () => {
    const token = await long()
    steer({ revokeGrant: { member: 'mara' } })
    expect((await me(token)).json.error.code).toBe(190)
    expect((await refresh(token)).json.error.code).toBe(190)
  })
})

describe('/me', () => {
  it('shows what is asked, and refuses other fields, versions and nobody’s token', async () => {
    const token = await long()
    expect((await me(token)).json).toEqual({ id: '24600000000000101', username: 'maralindqvist' })
    expect((await me(token, '')).json).toEqual({ id: '24600000000000101' })
    expect((await me(token, '?fields=id,user_id')).json.error.code).toBe(100)
    expect((await b.get(`${GRAPH}/v2.0/me`, token)).json.error.code).toBe(2500)
    expect((await b.get(`${GRAPH}/v1.0/me`)).json.error.code).toBe(104)
    expect((await me('THAAmade-up')).json.error).toMatchObject({ code: 190 })
    steer({ settings: { limited: true } })
    expect((await me(token)).json.error.code).toBe(4)
  })
})
