import { expect, it } from 'vitest'
import { choosable, grouped, toggledGroup } from './account-groups.ts'
import { target } from './post.fixture.ts'

const dead = { connection: { id: 'c', state: 'reauthorize', label: 'Mara' }, unusable: 'Needs to be reconnected.' }
const all = [
  target({ id: 'a', label: 'Northwind', provider: 'x', kind: 'person', handle: '@northwind' }),
  target({ id: 'b', label: 'Acme', provider: 'meta', kind: 'page' }, { unusable: 'You need to be an admin.' }),
  target({ id: 'c', label: 'Zebra', provider: 'meta', kind: 'page' }, dead),
  target({ id: 'd', label: 'Northwind', provider: 'meta', kind: 'instagram' }),
]

it('by network, what cannot be chosen last', () => {
  expect(grouped(all, '').map((group) => [group.name, group.targets.map((one) => one.account.id)])).toEqual([
    ['Facebook', ['c', 'b']],
    ['Instagram', ['d']],
    ['X', ['a']],
  ])
})

it.each([
  ['north', ['d', 'a']],
  ['@north', ['a']],
  ['north insta', ['d']],
  ['nobody', []],
])('finds %s', (query, ids) =>
  expect(grouped(all, query).flatMap((group) => group.targets.map((one) => one.account.id))).toEqual(ids),
)

it('what waits for a reconnect can be chosen, what is barred cannot', () =>
  expect(all.map(choosable)).toEqual([true, false, true, true]))

it('all of a network, and none', () => {
  const [facebook] = grouped(all, '')
  if (!facebook) throw new Error('no group')
  expect([...toggledGroup(new Set(['a']), facebook)]).toEqual(['a', 'c'])
  expect([...toggledGroup(new Set(['a', 'c']), facebook)]).toEqual(['a'])
})
