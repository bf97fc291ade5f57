/** An account of the simulated Google, and what of Analytics it may see. The keys are those of the other platforms' people. */
export interface Property {
  id: string
  name: string
  type: 'PROPERTY_TYPE_ORDINARY' | 'PROPERTY_TYPE_SUBPROPERTY' | 'PROPERTY_TYPE_ROLLUP'
}

export interface AnalyticsAccount {
  id: string
  name: string
  properties: Property[]
}

export interface User {
  key: string
  sub: string
  name: string
  email: string
  picture: boolean
  analytics: readonly AnalyticsAccount[]
}

const ordinary = (id: string, name: string): Property => ({ id, name, type: 'PROPERTY_TYPE_ORDINARY' })

const many: AnalyticsAccount[] = Array.from({ length: 260 }, (_, at) => {
  const number = String(at + 1).padStart(3, '0')
  return {
    id: `5000${number}`,
    name: `Raman Shop ${number}`,
    properties: [
      ordinary(`41000${number}`, `shop-${number}.example`),
      // Every fourth has an app beside its site.
      ...(at % 4 === 0 ? [ordinary(`42000${number}`, `Shop ${number} app`)] : []),
    ],
  }
})

export const USERS: readonly User[] = [
  {
    key: 'mara',
    sub: '108237465091826350101',
    name: 'Mara Lindqvist',
    email: 'mara.lindqvist@example.com',
    picture: true,
    analytics: [
      {
        id: '100101',
        name: 'Northwind Studio',
        properties: [
          ordinary('330101', 'northwind.example'),
          { id: '330102', name: 'All of Northwind', type: 'PROPERTY_TYPE_ROLLUP' },
        ],
      },
      { id: '100102', name: 'Lindqvist Ceramics', properties: [ordinary('330103', 'lindqvist-ceramics.example')] },
      // An account without a property: there is no such key in the answer.
      { id: '100103', name: 'Empty', properties: [] },
    ],
  },
  {
    key: 'tomas',
    sub: '108237465091826350102',
    name: 'Tomas Brandl',
    email: 'tomas.brandl@example.com',
    picture: false,
    analytics: [{ id: '100201', name: 'Brandl & Partner', properties: [ordinary('330201', 'brandl.example')] }],
  },
  {
    key: 'ines',
    sub: '108237465091826350103',
    name: 'Ines Okafor',
    email: 'ines@example.com',
    picture: false,
    analytics: [],
  },
  {
    key: 'priya',
    sub: '108237465091826350104',
    name: 'Priya Raman',
    email: 'priya.raman@example.com',
    picture: true,
    analytics: many,
  },
]

export const FIRST_USER = 'mara'
export const userOf = (key: string): User | undefined => USERS.find((one) => one.key === key)
