import { afterEach, expect, it, vi } from 'vitest'

/** What the tabs of a browser share. */
function storage(kept: Map<string, string>) {
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
  vi.stubGlobal('window', { location: { assign: () => {} } })
}
const tab = async () => {
  vi.resetModules()
  return import('./chosen-workspace.ts')
}
afterEach(() => vi.unstubAllGlobals())

it('a page stays in its workspace while another tab goes over to another one', async () => {
  storage(new Map([['mooring-workspace', 'a']]))
  const [one, other] = [await tab(), await tab()]
  other.switchWorkspace('b')
  expect([one.chosenWorkspace(), other.chosenWorkspace()]).toEqual(['a', 'a'])
  expect((await tab()).chosenWorkspace()).toBe('b')
})

it('forgotten, it is forgotten on this page and for the next', async () => {
  storage(new Map([['mooring-workspace', 'a']]))
  const one = await tab()
  one.forgetWorkspace()
  expect([one.chosenWorkspace(), (await tab()).chosenWorkspace()]).toEqual([undefined, undefined])
})
