/** A user of the simulated HubSpot, and the portal that they are in. The keys are those of the other platforms' people. */
export interface Portal {
  id: number
  domain: string
  type: 'STANDARD' | 'DEVELOPER_TEST' | 'SANDBOX' | 'APP_DEVELOPER'
  /** What its plan has not: dropped from optional scopes, and a refusal of required ones. */
  lacks: readonly string[]
}

export interface User {
  key: string
  id: number
  name: string
  email: string
  portal: Portal
}

const northwind: Portal = { id: 8800101, domain: 'northwind.example', type: 'STANDARD', lacks: [] }

export const USERS: readonly User[] = [
  { key: 'mara', id: 501, name: 'Mara Lindqvist', email: 'mara@northwind.example', portal: northwind },
  // A colleague in the same portal.
  { key: 'tomas', id: 502, name: 'Tomas Brandl', email: 'tomas@northwind.example', portal: northwind },
  {
    key: 'ines',
    id: 503,
    name: 'Ines Okafor',
    email: 'ines@example.com',
    // A free portal: no marketing e-mails, no campaigns.
    portal: {
      id: 8800103,
      domain: 'ines.example',
      type: 'STANDARD',
      lacks: ['marketing.email.read', 'marketing.campaigns.read'],
    },
  },
  {
    key: 'priya',
    id: 504,
    name: 'Priya Raman',
    email: 'priya@raman.example',
    portal: { id: 8800104, domain: 'raman.example', type: 'STANDARD', lacks: [] },
  },
]

export const FIRST_USER = 'mara'
export const userOf = (key: string): User | undefined => USERS.find((one) => one.key === key)
