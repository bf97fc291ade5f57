import { createCipheriv, createHmac, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { providers } from '../../src/providers/index.ts'
import { createKeyRing, generateKey } from '../../src/vault/keyring.ts'
import { createVault } from '../../src/vault/vault.ts'
import { holdAnswer } from '../linkedin.ts'
import { createWorld, type Json, type TestBrowser, type World } from '../world.ts'
import { type Acme, startAcme } from './acme.ts'
import { connectIn, LINKEDIN_ENV, secondTenant, type Tenant, TOKEN } from './support.ts'

/** A token of Fernet, sealed as an older system would with these very keys (https://github.com/fernet/spec). */
function fernet(plain: string, key: string): string {
  const bytes = Buffer.from(key, 'base64url')
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-128-cbc', bytes.subarray(16), iv)
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000)))
  const body = Buffer.concat([Buffer.of(0x80), time, iv, cipher.update(plain), cipher.final()])
  return Buffer.concat([body, createHmac('sha256', bytes.subarray(0, 16)).update(body).digest()]).toString('base64url')
}

interface Sealed {
  id: string
  access_token: string
  refresh_token: string
}

describe('#22 write access to the database', () => {
  let acme: Acme
  let world: World
  let owner: TestBrowser
  let them: Tenant
  let mara: Sealed | undefined
  let tomas: Sealed | undefined
  let theirs: Sealed | undefined
  const keys = generateKey()
  const older = generateKey()
  const sql = (text: string, values: unknown[]) => world.database.query<Sealed>(text, values)
  const read = async (id: string) => {
    const [row] = await sql('select id, access_token, refresh_token from mooring.connections where id = $1', [id])
    if (!row) throw new Error('no row')
    return row
  }
  beforeAll(async () => {
    acme = await startAcme()
    world = await createWorld({
      providers: [...providers, acme.provider],
      platformOrigins: acme.origins,
      env: { ...LINKEDIN_ENV, MOORING_STARTS_PER_HOUR: '1000' },
      vaultKeys: `${keys},${older}`,
    })
    owner = world.browser()
    await owner.signIn()
    them = await secondTenant(world)
    mara = await read((await owner.connectAll({ provider: 'linkedin' })).connectionId)
    tomas = await read((await connectIn(world, world.workspace, { member: 'tomas' })).connection)
    theirs = await read((await connectIn(world, them.workspace)).connection)
  })
  afterAll(async () => {
    await world.close()
    await acme.stop()
  })
  /** As they were sealed, and with nothing against them. */
  const restore = async (): Promise<void> => {
    for (const row of [mara, tomas, theirs])
      await sql(
        `update mooring.connections set access_token = $2, refresh_token = $3, state = 'connected', problem_code = null,
           problem_message = null, problem_detail = null, next_try_at = null, failures = 0, problem_since = null where id = $1`,
        [row?.id, row?.access_token, row?.refresh_token],
      )
  }
  beforeEach(restore)

  const set = (column: 'access_token' | 'refresh_token', value: string | undefined) =>
    sql(`update mooring.connections set ${column} = $2 where id = $1`, [mara?.id, value])
  const asked = (): string => JSON.stringify(world.sandbox.control.state().requests)
  /** Not served, told as ours to mend, and nobody is asked to reconnect. */
  const blocked = (answer: { status: number; body: Json }): void => {
    expect(answer.status).toBeGreaterThanOrEqual(500)
    expect(['vault_tampered', 'vault_unknown_key', 'misconfigured']).toContain(answer.body.code)
    expect(JSON.stringify(answer.body)).not.toMatch(/reconnect|accessToken/i)
  }
  const expectBlocked = async (): Promise<void> => {
    const before = asked()
    const path = `/connections/${mara?.id}`
    blocked(await world.api('GET', `${path}/token`))
    blocked(await world.api('GET', `${path}/token`))
    const available: { status: number } = await owner.send('GET', `${path}/available-accounts`)
    expect(available.status).toBeGreaterThanOrEqual(500)
    const shown = (await world.api('GET', path)).body
    expect(shown.state).not.toBe('reauthorize')
    expect(shown.health.message).not.toMatch(/reconnect/i)
    // A test renews where the refresh token is in its place: here neither is, and there is nothing to ask with.
    await set('refresh_token', tomas?.refresh_token)
    const tested = await owner.send('POST', `${path}/test`)
    expect(tested.body.ok).toBe(false)
    expect(tested.body.message).not.toMatch(/reconnect/i)
    // No stolen or broken value was sent to the platform.
    expect(asked()).toBe(before)
  }

  it('heals by its own refresh token when a person tests it, and never by the moved value', async () => {
    await set('access_token', tomas?.access_token)
    blocked(await world.api('GET', `/connections/${mara?.id}/token`))
    const { body } = await owner.send('POST', `/connections/${mara?.id}/test`)
    expect(body).toMatchObject({ ok: true, connection: { identity: { label: 'Mara Lindqvist' } } })
    const token = (await world.api('GET', `/connections/${mara?.id}/token`)).body.accessToken
    const stolen = (await world.api('GET', `/connections/${tomas?.id}/token`)).body.accessToken
    expect(token).not.toBe(stolen)
  })

  it('serves the value in its place', async () => {
    expect((await world.api('GET', `/connections/${mara?.id}/token`)).body.accessToken).toMatch(/^AQ/)
  })

  it.each<[string, () => string | undefined]>([
    ["another row's access token", () => tomas?.access_token],
    ["another workspace's access token of the same person", () => theirs?.access_token],
    ['its own refresh token', () => mara?.refresh_token],
    ["another row's refresh token", () => tomas?.refresh_token],
    ['a plain token', () => `AQ${'x'.repeat(60)}`],
    ['an empty text', () => ''],
    ['a Fernet value sealed with our own key', () => fernet('stolen', keys)],
    ['a Fernet value sealed with an older key', () => fernet('stolen', older)],
    ['a value cut by a character', () => mara?.access_token.slice(0, -1)],
    ['a value with a character more', () => `${mara?.access_token}A`],
    ['a value with a line break', () => `${mara?.access_token}\n`],
    ['a value in a format to come', () => mara?.access_token.replace(/^v1/, 'v2')],
    [
      "a value under the other key's id",
      () => mara?.access_token.replace(/^v1\.[^.]+/, `v1.${createKeyRing(older).newest}`),
    ],
    ['a value under an unknown key', () => mara?.access_token.replace(/^v1\.[^.]+/, 'v1.AAAAAAAA')],
    [
      'a value sealed by somebody with a key of their own',
      () =>
        createVault(createKeyRing(generateKey())).seal('stolen', {
          workspace: world.workspace,
          record: mara?.id ?? '',
          field: 'access_token',
        }),
    ],
    ['a swapped tail', () => `${mara?.access_token.slice(0, 60)}${tomas?.access_token.slice(60)}`],
  ])('opens no access token that is %s', async (_name, value) => {
    expect(value()).toBeTypeOf('string')
    await set('access_token', value())
    await expectBlocked()
  })

  it.each<[string, () => string | undefined]>([
    ["another row's refresh token", () => tomas?.refresh_token],
    ["another workspace's refresh token of the same person", () => theirs?.refresh_token],
    ['its own access token', () => mara?.access_token],
    ['a plain token', () => `AQ${'x'.repeat(60)}`],
    ['a Fernet value', () => fernet('stolen', keys)],
  ])('sends the platform no refresh token that is %s', async (_name, value) => {
    await set('refresh_token', value())
    const before = world.sandbox.control.requests(TOKEN)
    blocked(await world.api('POST', `/connections/${mara?.id}/refresh`))
    expect(world.sandbox.control.requests(TOKEN)).toBe(before)
    const { state, problem, health } = (await world.api('GET', `/connections/${mara?.id}`)).body
    expect(state).toBe('misconfigured')
    expect(problem.message).toMatch(/We have to fix this/)
    expect(health.message).not.toMatch(/reconnect/i)
    // Nor is it tried when the connection ends.
    expect((await world.api('DELETE', `/connections/${mara?.id}`)).status).toBe(200)
    await sql(
      'update mooring.connections set disconnected_at = null, token_version = token_version + 1 where id = $1',
      [mara?.id],
    )
    await sql(
      'insert into mooring.grant_holders select $1, workspace_id, id from mooring.connections where id = $2 on conflict do nothing',
      [Buffer.alloc(32), mara?.id],
    )
  })

  describe('while a refresh is under way', () => {
    /** The platform has answered; what it said is on its way home. */
    async function underWay(): Promise<() => Promise<{ status: number }>> {
      const held = holdAnswer(world, 'accessToken')
      const refresh = world.api('POST', `/connections/${mara?.id}/refresh`)
      await held.answered
      return () => {
        held.release()
        return refresh
      }
    }
    const plainOf = (row: Sealed, field: 'access_token' | 'refresh_token') =>
      createVault(createKeyRing(world.vaultKeys)).open(row[field], {
        workspace: world.workspace,
        record: row.id,
        field,
      })

    it('stores what came home over values that were moved into the row meanwhile', async () => {
      const land = await underWay()
      await set('access_token', tomas?.access_token)
      await set('refresh_token', tomas?.refresh_token)
      expect((await land()).status).toBe(200)
      const after = await read(mara?.id ?? '')
      const stolen = [plainOf(tomas as Sealed, 'access_token'), plainOf(tomas as Sealed, 'refresh_token')]
      for (const field of ['access_token', 'refresh_token'] as const) {
        expect([tomas?.[field], mara?.[field]]).not.toContain(after[field])
        expect(stolen).not.toContain(plainOf(after, field))
      }
      const { status, body } = await world.api('GET', `/connections/${mara?.id}/token`)
      expect([status, body.accessToken]).toEqual([200, plainOf(after, 'access_token')])
      mara = after
    })

    it('sends no moved refresh token afterwards, where the answer brought none of its own', async () => {
      const sent: string[] = []
      const { runtime } = world.mooring.engine
      const { fetch } = runtime
      const watched: typeof fetch = async (url, init) => {
        if (!url.includes('accessToken')) return fetch(url, init)
        sent.push(new URLSearchParams(String(init?.body)).get('refresh_token') ?? '')
        const {
          refresh_token: _,
          refresh_token_expires_in: __,
          ...rest
        } = (await (await fetch(url, init)).json()) as Json
        return Response.json(rest)
      }
      runtime.fetch = watched
      const land = await underWay()
      await set('refresh_token', tomas?.refresh_token)
      expect((await land()).status).toBe(200)
      runtime.fetch = watched
      blocked(await world.api('POST', `/connections/${mara?.id}/refresh`))
      runtime.fetch = fetch
      expect(sent).toEqual([plainOf(mara as Sealed, 'refresh_token')])
      expect((await read(mara?.id ?? '')).refresh_token).toBe(tomas?.refresh_token)
    })

    it('gives nothing to a row of another workspace that took the identity', async () => {
      const land = await underWay()
      const [theirRow] = await sql('select * from mooring.connections where id = $1', [theirs?.id])
      await sql(
        'update mooring.connections set token_version = (select token_version from mooring.connections where id = $2) where id = $1',
        [theirs?.id, mara?.id],
      )
      await land()
      expect((await read(theirs?.id ?? '')).access_token).toBe(theirRow?.access_token)
      expect((await them.api('GET', `/connections/${theirs?.id}/token`)).body.accessToken).not.toBe(
        (await world.api('GET', `/connections/${mara?.id}/token`)).body.accessToken,
      )
      mara = await read(mara?.id ?? '')
    })

    it('gives what came home to nobody where the row went to another workspace meanwhile', async () => {
      const land = await underWay()
      const move = async (to: string, subject: string) => {
        for (const table of ['accounts', 'due_refreshes'])
          await sql(`delete from mooring.${table} where connection_id = $1`, [mara?.id])
        await sql('update mooring.connections set workspace_id = $2, subject = $3 where id = $1', [
          mara?.id,
          to,
          subject,
        ])
      }
      const [row] = await world.database.query<{ subject: string }>(
        'select subject from mooring.connections where id = $1',
        [mara?.id],
      )
      await move(them.workspace, 'moved')
      const before = await read(mara?.id ?? '')
      expect((await land()).status).toBeGreaterThanOrEqual(400)
      expect(await read(mara?.id ?? '')).toEqual(before)
      const answer = await them.api('GET', `/connections/${mara?.id}/token`)
      blocked(answer)
      expect(answer.text).not.toMatch(/AQ[A-Za-z0-9_-]{20}/)
      await move(world.workspace, row?.subject ?? '')
    })
  })

  it('opens nothing of two rows that changed their ids, or of a row that changed its workspace', async () => {
    for (const table of ['accounts', 'due_refreshes'])
      await sql(`alter table mooring.${table} drop constraint ${table}_workspace_id_connection_id_fkey`, [])
    const swap = (from: string | undefined, to: string) =>
      sql('update mooring.connections set id = $2 where id = $1', [from, to])
    const aside = crypto.randomUUID()
    const [one, two] = [mara?.id ?? '', tomas?.id ?? '']
    await swap(one, aside)
    await swap(two, one)
    await swap(aside, two)
    for (const id of [one, two]) blocked(await world.api('GET', `/connections/${id}/token`))
    await swap(one, aside)
    await swap(two, one)
    await swap(aside, two)
    await restore()
    expect((await world.api('GET', `/connections/${one}/token`)).status).toBe(200)
    await sql('update mooring.connections set workspace_id = $2, subject = $3 where id = $1', [
      one,
      them.workspace,
      'moved',
    ])
    const moved = await them.api('GET', `/connections/${one}/token`)
    blocked(moved)
    expect(moved.text).not.toMatch(/AQ[A-Za-z0-9_-]{20}/)
  })

  it('redeems no code with a verifier that was moved from another flow, or put there in the clear', async () => {
    const start = async () => (await owner.start({ provider: 'acme' })).body
    const [one, two] = [await start(), await start()]
    const [row] = await world.database.query<{ verifier: string }>(
      'select verifier from mooring.flow_states where flow_id = $1',
      [two.id],
    )
    for (const [flow, verifier] of [
      [one, row?.verifier],
      [two, randomBytes(32).toString('base64url')],
      [await start(), tomas?.refresh_token],
    ] as const) {
      await world.database.query('update mooring.flow_states set verifier = $2 where flow_id = $1', [flow.id, verifier])
      const before = acme.tokenRequests.length
      const answer = await owner.open(acme.approve(flow.authorizeUrl))
      expect(new URL(answer.headers.get('location') ?? '').searchParams.get('error')).toBe('vault_tampered')
      expect(acme.tokenRequests.length).toBe(before)
    }
  })
})
