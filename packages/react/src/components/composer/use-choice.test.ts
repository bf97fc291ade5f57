import { expect, it, vi } from 'vitest'
import type { Post } from '../../api.ts'
import { keepChoice } from '../../logic/unsaved.ts'
import { firstChoice } from './use-choice.ts'

const now = Date.parse('2026-10-14T07:02:00Z')
const at = (local: string) => ({ local, zone: 'UTC' })
const slot = at('2026-10-15T09:00')
const post = (parts: Partial<Post>) => ({ id: 'p', state: 'draft', at: null, ...parts }) as Post
const given = { zone: 'UTC', slots: [], post: undefined }

it.each([
  ['a new post', given, { how: 'now' }],
  ['a new post of a day of a calendar', { ...given, at: slot, slots: [slot] }, { how: 'at', at: slot }],
  ['a new post with slots', { ...given, slots: [slot] }, { how: 'slot' }],
  ['a draft that is opened again', { ...given, post: post({}) }, { how: 'at', at: at('2026-10-14T08:00') }],
  ['one with slots', { ...given, post: post({}), slots: [slot] }, { how: 'slot' }],
  ['what is scheduled', { ...given, post: post({ state: 'scheduled', at: slot }) }, { how: 'at', at: slot }],
])('%s', (_, one, choice) => expect(firstChoice(one, now)).toEqual(choice))

it('a draft has the time that was chosen for it in this tab, unless it has passed', () => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  })
  const one = { ...given, post: post({}), keepAs: 'mara w1' }
  keepChoice('mara w1', 'p', { how: 'at', at: slot })
  expect(firstChoice(one, now)).toEqual({ how: 'at', at: slot })
  expect(firstChoice(one, now + 7 * 86_400_000)).not.toEqual({ how: 'at', at: slot })
  keepChoice('mara w1', 'p', { how: 'now' })
  expect(firstChoice(one, now).how).toBe('at')
  vi.unstubAllGlobals()
})
