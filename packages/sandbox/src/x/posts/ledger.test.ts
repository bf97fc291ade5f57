import { expect, it } from 'vitest'
import { xKit } from '../testing.ts'

const k = xKit()

it('a protected user’s posts are told as such', async () => {
  await k.posted(await k.token('ines'), { text: 'For friends' })
  expect(k.ledger()[0]).toMatchObject({ account: '2244994', visibility: 'protected' })
})

it('starts over with the sandbox', async () => {
  await k.posted(await k.token(), { text: 'Hello' })
  k.sandbox.control.reset()
  expect([k.ledger(), k.shown().posts]).toEqual([[], 0])
})
