import { describe, expect, it } from 'vitest'
import type { DiscoveredAccount } from '../provider.ts'
import type { AccountRow } from '../store/accounts.ts'
import { candidatesOf, pick } from './candidates.ts'

const found: DiscoveredAccount[] = [
  {
    kind: 'person',
    subject: 'p1',
    label: 'Mara',
    handle: 'mara',
    picture: 'https://x/y.png',
    note: 'Your own profile',
  },
  { kind: 'organization', subject: 'o1', label: 'Acme' },
  { kind: 'organization', subject: 'o2', label: 'Kestrel', unusable: 'Analysts cannot post.' },
]
const row = (subject: string): AccountRow => ({
  workspace_id: 'w',
  id: 'a',
  connection_id: 'c',
  provider: 'linkedin',
  kind: 'organization',
  subject,
  label: 'an older name',
  handle: null,
  picture: null,
  note: null,
  added_at: new Date('2026-10-23T09:00:00Z'),
  access_token: null,
  traits: {},
})

const refusal = (act: () => unknown) => {
  try {
    act()
  } catch (error) {
    return error
  }
  return undefined
}

describe('candidatesOf', () => {
  it('shows what the platform lists, with nulls for what it did not say', () => {
    expect(candidatesOf(found, [])).toEqual([
      {
        id: 'p1',
        kind: 'person',
        label: 'Mara',
        handle: 'mara',
        picture: 'https://x/y.png',
        note: 'Your own profile',
        selectable: true,
        reason: null,
        connected: false,
        held: null,
      },
      {
        id: 'o1',
        kind: 'organization',
        label: 'Acme',
        handle: null,
        picture: null,
        note: null,
        selectable: true,
        reason: null,
        connected: false,
        held: null,
      },
      {
        id: 'o2',
        kind: 'organization',
        label: 'Kestrel',
        handle: null,
        picture: null,
        note: null,
        selectable: false,
        reason: 'Analysts cannot post.',
        connected: false,
        held: null,
      },
    ])
  })

  it('greys out what is connected already, with the day, under the name of now', () => {
    const [, acme, kestrel] = candidatesOf(found, [row('o1'), row('o2')])
    const held = { connection: 'c', since: new Date('2026-10-23T09:00:00Z') }
    const connected = { selectable: false, connected: true, held, reason: 'Already connected on 23 Oct 2026.' }
    expect(acme).toMatchObject({ label: 'Acme', ...connected })
    expect(kestrel).toMatchObject(connected)
  })

  it('lists nothing that the platform does not list', () => {
    expect(candidatesOf([], [row('o1')])).toEqual([])
  })
})

describe('pick', () => {
  const candidates = candidatesOf(found, [row('p1')])

  it('takes the named ones, each once', () => {
    expect(pick(candidates, ['o1', 'o1']).map((one) => one.id)).toEqual(['o1'])
    expect(pick(candidates, [])).toEqual([])
  })

  it('refuses the whole choice for one that cannot be chosen, and says which and why', () => {
    expect(refusal(() => pick(candidates, ['o1', 'o2']))).toMatchObject({
      code: 'accounts_refused',
      message: 'Analysts cannot post.',
      fields: [{ path: 'accounts', message: 'Kestrel: Analysts cannot post.' }],
    })
    expect(refusal(() => pick(candidates, ['p1']))).toMatchObject({
      code: 'accounts_refused',
      message: 'Already connected on 23 Oct 2026.',
    })
  })

  it('refuses what was never offered without repeating it', () => {
    const thrown = refusal(() => pick(candidates, ['o1', '<script>'])) as Error & { fields: unknown[] }
    expect(thrown).toMatchObject({
      code: 'accounts_refused',
      message: 'One of these accounts cannot be chosen.',
      fields: [],
    })
  })
})
