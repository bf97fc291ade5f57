import { expect, it } from 'vitest'
import { postAccount } from '../logic/post.fixture.ts'
import { MARKS } from './marks.ts'
import { accountName, networkOf } from './networks.ts'

it.each([
  ['linkedin', 'organization', 'LinkedIn', 'linkedin'],
  ['x', 'person', 'X', 'x'],
  ['meta', 'page', 'Facebook', 'facebook'],
  ['meta', 'instagram', 'Instagram', 'instagram'],
  ['instagram', 'instagram', 'Instagram', 'instagram'],
  ['harbour', 'page', 'Harbour', 'plain'],
])('%s %s is %s', (provider, kind, name, look) =>
  expect(networkOf(postAccount({ provider, kind }))).toMatchObject({ name, look }),
)

it('two ways to one network are one network, and each known one has a mark', () => {
  const [a, b] = [
    postAccount({ provider: 'meta', kind: 'instagram' }),
    postAccount({ provider: 'instagram', kind: 'instagram' }),
  ]
  expect(networkOf(a).id).toBe(networkOf(b).id)
  for (const provider of ['linkedin', 'x', 'meta', 'instagram'])
    expect(MARKS[networkOf(postAccount({ provider })).mark]).toBeDefined()
})

it.each([
  ['x', 'person', 'mara', '@mara'],
  ['x', 'person', '@mara', '@mara'],
  ['x', 'person', null, 'Northwind Studio'],
  ['meta', 'instagram', 'northwind.studio', 'northwind.studio'],
  ['meta', 'page', 'northwindstudio', 'Northwind Studio'],
  ['linkedin', 'organization', 'northwind-studio', 'Northwind Studio'],
])('%s %s %s is called %s', (provider, kind, handle, name) =>
  expect(accountName(postAccount({ provider, kind, handle }))).toBe(name),
)
