/** `mooring post`: whom it means, when, and what it says of what became of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connected } from '../../test/linkedin.ts'
import { createWorld, type World } from '../../test/world.ts'
import { connectedX } from '../../test/x.ts'
import { accountsNamed, outcome, PostShape, wallTimeOf, whatLeaves, whatStands } from './commands/post-words.ts'
import { EXIT } from './exit.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ env: { MOORING_STARTS_PER_HOUR: '1000' } })
  await connected(world)
  await connectedX(world)
})
afterAll(() => world.close())

const client = {
  call: async (method: string, path: string, body?: unknown) => (await world.api(method, path, body)).body,
}
const named = async (...names: string[]) => accountsNamed(client, names)

describe('whom it means', () => {
  it.each(['linkedin:mara', 'linkedin:Mara Lindqvist', 'x:maralindqvist', 'x:@maralindqvist', 'x', 'linkedin:acme'])(
    '%s',
    async (name) => expect(await named(name)).toHaveLength(1),
  )

  it('an id, and several', async () => {
    const [id = ''] = await named('x')
    expect(await named(id, 'linkedin:mara')).toEqual([id, (await named('linkedin:mara'))[0]])
  })

  it.each([
    ['linkedin:nobody', /no account/],
    ['linkedin', /more than one/],
    ['myspace:mara', /no account/],
    ['', /no account/],
  ])('%j is refused, with those that there are', async (name, why) => {
    await expect(named(name)).rejects.toMatchObject({ code: 'invalid_request', message: expect.stringMatching(why) })
    await expect(named(name)).rejects.toMatchObject({ detail: expect.stringContaining('linkedin:Mara Lindqvist') })
  })
})

describe('when', () => {
  const zone = async () => 'Europe/Rome'
  it.each([
    ['2026-12-01 09:00 America/New_York', { local: '2026-12-01T09:00', zone: 'America/New_York' }],
    ['2026-12-01T09:00', { local: '2026-12-01T09:00', zone: 'Europe/Rome' }],
  ])('%s', async (text, time) => expect(await wallTimeOf(text, zone)).toEqual(time))
  it.each(['tomorrow', '9:00', '2026-12-01', ''])('%j is no time', async (text) =>
    expect(wallTimeOf(text, zone)).rejects.toMatchObject({ code: 'time_refused' }),
  )
})

describe('what it says', () => {
  it('the requests that would leave, without the token', async () => {
    const [accountId] = await named('linkedin:mara')
    const answer = await client.call('POST', '/posts/dry-run', {
      content: { text: 'Hello (all)' },
      targets: [{ accountId }],
    })
    const { ok, text } = whatLeaves(answer)
    expect(ok).toBe(true)
    expect(text).toContain('POST https://api.linkedin.com/rest/posts')
    expect(text).toContain('authorization: Bearer [redacted]')
    expect(text).toContain('Hello \\\\(all\\\\)')
  })

  it('that nothing would leave, and why', async () => {
    const [accountId] = await named('x')
    const long = { content: { text: 'x'.repeat(30_000) }, targets: [{ accountId }] }
    const { ok, text } = whatLeaves(await client.call('POST', '/posts/dry-run', long))
    expect(ok).toBe(false)
    expect(text).toMatch(/nothing would leave[\s\S]*error: text:/)
  })

  it.each([
    ['published', undefined],
    ['scheduled', undefined],
    ['failed', EXIT.failed],
    ['skipped', EXIT.failed],
    ['unknown', EXIT.person],
    ['waiting', EXIT.person],
  ])('%s ends with %s', (state, code) => {
    const account = { id: 'a', provider: 'x', providerName: 'X', label: 'Mara', handle: null }
    const one = { state, account, dueAt: null, permalink: 'https://x.com/1', warning: null, problem: null }
    const post = PostShape.parse({ id: 'p', state: 'published', deliveries: [one] })
    expect(outcome(post)).toBe(code)
    expect(whatStands(post)).toContain(state)
  })
})
