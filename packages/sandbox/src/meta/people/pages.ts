/** Pages, the Instagram accounts behind them, and the businesses that own some of them. */
export const TASKS = ['ADVERTISE', 'ANALYZE', 'CREATE_CONTENT', 'MESSAGING', 'MODERATE', 'MANAGE'] as const
export type Task = (typeof TASKS)[number]

export interface Instagram {
  id: string
  username: string
  name: string
}

export interface Page {
  id: string
  name: string
  username?: string
  /** A professional account that is linked to the Page. */
  instagram?: Instagram
  /** An account that is connected to the Page and is no professional one: publishing does not reach it. */
  personal?: Instagram
  /** The business portfolio that owns it, or that was given it as a client's. */
  owner?: { business: string; how: 'owned' | 'client' }
}

export interface Business {
  id: string
  name: string
}

export interface Role {
  member: string
  page: string
  tasks: Task[]
  /** Held by the business portfolio alone: the Page is in no list of the person's own, only in the business's. */
  byBusiness?: true
}

const EVERYTHING = TASKS

export const BUSINESSES: readonly Business[] = [
  { id: '701000000000001', name: 'Brandl & Partner' },
  { id: '701000000000002', name: 'Raman Retail Group' },
]

/** Who belongs to which business. */
export const BUSINESS_PEOPLE: Readonly<Record<string, readonly string[]>> = {
  tomas: ['701000000000001'],
  priya: ['701000000000002'],
}

const many = (count: number): Page[] =>
  Array.from({ length: count }, (_, at) => {
    const number = String(at + 1).padStart(3, '0')
    const shop = { id: `61550000000${number}`, name: `Raman Shop ${number}`, username: `ramanshop${number}` }
    // Every tenth has an Instagram account behind it.
    return at % 10 === 0
      ? {
          ...shop,
          instagram: { id: `17841460000000${number}`, username: `raman.shop.${number}`, name: `Raman Shop ${number}` },
        }
      : shop
  })

const SHOPS = many(500)

export const PAGES: readonly Page[] = [
  {
    id: '61550000001001',
    name: 'Northwind Studio',
    username: 'northwindstudio',
    instagram: { id: '17841400000001001', username: 'northwind.studio', name: 'Northwind Studio' },
  },
  { id: '61550000001002', name: 'Lindqvist Ceramics' },
  {
    id: '61550000001003',
    name: 'Harbour Readings',
    username: 'harbourreadings',
    personal: { id: '17841400000001003', username: 'harbour.readings', name: 'Harbour Readings' },
  },
  {
    id: '61550000002001',
    name: 'Brandl & Partner',
    username: 'brandlpartner',
    owner: { business: '701000000000001', how: 'owned' },
    instagram: { id: '17841400000002001', username: 'brandl.partner', name: 'Brandl & Partner' },
  },
  { id: '61550000002002', name: 'Café Kestrel', owner: { business: '701000000000001', how: 'client' } },
  { id: '61550000003001', name: 'Raman Group News', owner: { business: '701000000000002', how: 'owned' } },
  ...SHOPS,
]

/** Ines has none. Tomas has only Pages that a business owns, one of them by the business alone. Priya has 500 and one. */
export const firstRoles = (): Role[] => [
  { member: 'mara', page: '61550000001001', tasks: [...EVERYTHING] },
  { member: 'mara', page: '61550000001002', tasks: [...EVERYTHING] },
  { member: 'mara', page: '61550000001003', tasks: ['ANALYZE', 'ADVERTISE'] },
  { member: 'tomas', page: '61550000002001', tasks: [...EVERYTHING] },
  { member: 'tomas', page: '61550000002002', tasks: ['ANALYZE', 'CREATE_CONTENT', 'MODERATE'], byBusiness: true },
  { member: 'priya', page: '61550000003001', tasks: [...EVERYTHING] },
  ...SHOPS.map(({ id }) => ({ member: 'priya', page: id, tasks: [...EVERYTHING] })),
]

export const pageOf = (id: string): Page | undefined => PAGES.find((one) => one.id === id)

export const instagramOf = (id: string): Instagram | undefined =>
  PAGES.flatMap(({ instagram }) => (instagram ? [instagram] : [])).find((one) => one.id === id)

/** Of the Instagram account with an id. */
export const usernameOf = (id: string): string => instagramOf(id)?.username ?? id

export const businessOf = (id: string): Business | undefined => BUSINESSES.find((one) => one.id === id)

export const businessesOf = (member: string): readonly string[] => BUSINESS_PEOPLE[member] ?? []
