/** An account of HubSpot ("portal"). */
export interface Portal {
  id: number
  domain: string
  name: string
  type: 'STANDARD' | 'DEVELOPER_TEST' | 'SANDBOX' | 'APP_DEVELOPER'
  /** The data centre; people of `eu1` are moved to another origin (PipedreamHQ/pipedream 20321). */
  hublet: 'na1' | 'eu1'
  /** What its plan has not: dropped from optional scopes, and a refusal of required ones. */
  lacks: readonly string[]
  contacts: number
}

/** A user of the simulated HubSpot. The keys are those of the other platforms' people. */
export interface User {
  key: string
  id: number
  name: string
  email: string
  /** The accounts that they are in; the first is offered first. */
  portals: readonly [Portal, ...Portal[]]
  /** What their own permissions have not, whatever the plan. */
  lacks: readonly string[]
}

const portal = (id: number, domain: string, name: string, rest: Partial<Portal> = {}): Portal => ({
  ...{ id, domain, name, type: 'STANDARD', hublet: 'na1', lacks: [], contacts: 0 },
  ...rest,
})

const northwind = portal(8800101, 'northwind.example', 'Northwind Studio', { contacts: 250 })
const practice = portal(8800102, 'practice.northwind.example', 'Northwind practice', { type: 'SANDBOX' })
/** A free one: no marketing e-mails, no campaigns. */
const free = portal(8800103, 'ines.example', 'Ines Okafor', {
  lacks: ['marketing.email.read', 'marketing.email.write', 'marketing.campaigns.read'],
  contacts: 3,
})
const raman = portal(144000104, 'raman.example', 'Raman Group', { hublet: 'eu1', contacts: 12_345 })

export const USERS: readonly User[] = [
  {
    key: 'mara',
    id: 501,
    name: 'Mara Lindqvist',
    email: 'mara@northwind.example',
    portals: [northwind, practice],
    lacks: [],
  },
  // A colleague in the same account, who may see no campaigns.
  {
    key: 'tomas',
    id: 502,
    name: 'Tomas Brandl',
    email: 'tomas@northwind.example',
    portals: [northwind],
    lacks: ['marketing.campaigns.read'],
  },
  { key: 'ines', id: 503, name: 'Ines Okafor', email: 'ines@example.com', portals: [free], lacks: [] },
  { key: 'priya', id: 504, name: 'Priya Raman', email: 'priya@raman.example', portals: [raman], lacks: [] },
]

export const FIRST_USER = 'mara'
export const userOf = (key: string): User | undefined => USERS.find((one) => one.key === key)

export const portalOf = (id: number): Portal | undefined =>
  USERS.flatMap((user) => user.portals).find((one) => one.id === id)
