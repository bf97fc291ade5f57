/** An account of the simulated Instagram. The keys are those of the other platforms' people, who hold them. */
export interface Account {
  key: string
  /** The id for publishing: that of the account behind a Page, where it is behind one. */
  id: string
  /** The app-scoped id at the first ready-made app: `scopedId` says what another app sees. */
  scoped: string
  username: string
  name: string
  kind: Kind
  picture: boolean
  followers: number
  media: number
}

/** Only the first two are professional. */
export const KINDS = ['BUSINESS', 'MEDIA_CREATOR', 'PERSONAL'] as const
export type Kind = (typeof KINDS)[number]

export const ACCOUNTS: readonly Account[] = [
  {
    ...{ key: 'mara', id: '17841400000001001', scoped: '25400000000000101', kind: 'BUSINESS' },
    ...{ username: 'northwind.studio', name: 'Northwind Studio', picture: true, followers: 873, media: 41 },
  },
  {
    ...{ key: 'tomas', id: '17841400000002001', scoped: '25400000000000102', kind: 'BUSINESS' },
    ...{ username: 'brandl.partner', name: 'Brandl & Partner', picture: true, followers: 310, media: 12 },
  },
  {
    ...{ key: 'ines', id: '17841400000003001', scoped: '25400000000000103', kind: 'PERSONAL' },
    ...{ username: 'ines.okafor', name: 'Ines Okafor', picture: false, followers: 96, media: 3 },
  },
  {
    // Behind no Page.
    ...{ key: 'priya', id: '17841400000004001', scoped: '25400000000000104', kind: 'MEDIA_CREATOR' },
    ...{ username: 'priya.makes', name: '', picture: false, followers: 20_412, media: 760 },
  },
]

/** The account that is offered first to a browser that has not signed in. */
export const FIRST_ACCOUNT = 'mara'

export const accountOf = (key: string): Account | undefined => ACCOUNTS.find((one) => one.key === key)

/** By the id for publishing. */
export const usernameOf = (id: string): string => ACCOUNTS.find((one) => one.id === id)?.username ?? id

export const FIRST_APP = '100000000000009'

/** Equal inside an app, different between apps. */
export function scopedId(clientId: string, { scoped }: Account): string {
  const apart = (BigInt(clientId) - BigInt(FIRST_APP)) * 1000n
  return String((BigInt(scoped) + apart) % 10n ** 17n)
}
