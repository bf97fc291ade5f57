/** A token that the proxy believes for a moment: no longer than that, and not past what happened to it here. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clean, connected, DAY, token } from '../../test/linkedin.ts'
import { createWorld, type World } from '../../test/world.ts'
import { believedToken, forgetToken } from './believed-token.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
})
afterAll(() => world.close())
beforeEach(() => clean(world))

const engine = () => world.mooring.engine
const believed = (id: string) => believedToken(engine(), world.workspace, id)
/** What another process would do: this one does not hear of it. */
const elsewhere = (sql: string) => world.database.query(`update mooring.connections set ${sql}`)

describe('a believed token', () => {
  it('is the live one, and is read again after a second', async () => {
    const { id } = await connected(world)
    const first = await believed(id)
    expect(first.accessToken).toBe((await token(world, id)).body.accessToken)
    await elsewhere("state = 'reauthorize', problem_code = 'reauthorize', problem_since = now()")
    expect(await believed(id)).toBe(first)
    world.advance(1.001)
    await expect(believed(id)).rejects.toMatchObject({ code: 'reauthorize' })
  })

  it('is not believed past its own end', async () => {
    const { id } = await connected(world)
    await elsewhere(`access_expires_at = '${new Date(world.now() + 400).toISOString()}', refresh_token = null`)
    expect((await believed(id)).expiresAt?.getTime()).toBeLessThan(world.now() + 1_000)
    world.advance(0.5)
    await expect(believed(id)).rejects.toMatchObject({ code: 'reauthorize' })
  })

  it('is forgotten at a disconnect in this process, and when it is told to be', async () => {
    const { id } = await connected(world)
    await believed(id)
    await world.api('DELETE', `/connections/${id}`)
    await expect(believed(id)).rejects.toMatchObject({ code: 'disconnected' })
    const other = await connected(world, { member: 'tomas' })
    const first = await believed(other.id)
    world.advance(61 * DAY)
    const renewed = await believed(other.id)
    expect(renewed.accessToken).not.toBe(first.accessToken)
    forgetToken(engine(), world.workspace, other.id)
    expect(await believed(other.id)).not.toBe(renewed)
  })

  it('is of one workspace', async () => {
    const { id } = await connected(world)
    await believed(id)
    await expect(believedToken(engine(), '00000000-0000-4000-8000-000000000000', id)).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
