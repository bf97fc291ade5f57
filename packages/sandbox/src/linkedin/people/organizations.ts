export interface Organization {
  id: number
  name: string
  vanityName: string
  website?: string
  type: string
  logo: boolean
}

/** The roles of Microsoft Learn: organization-access-control-by-role. */
export const ROLES = [
  'ADMINISTRATOR',
  'CONTENT_ADMINISTRATOR',
  'DIRECT_SPONSORED_CONTENT_POSTER',
  'RECRUITING_POSTER',
  'LEAD_CAPTURE_ADMINISTRATOR',
  'LEAD_GEN_FORMS_MANAGER',
  'ANALYST',
  'CURATOR',
] as const
export const ROLE_STATES = ['APPROVED', 'REQUESTED', 'REJECTED', 'REVOKED'] as const

export interface Role {
  member: string
  organization: number
  role: (typeof ROLES)[number]
  state: (typeof ROLE_STATES)[number]
}

export const NORTHWIND = 91000101
export const ACME = 91000102
export const KESTREL = 91000103
/** Priya's pages: enough of them that a list needs several answers. */
export const MANY_FROM = 91000200
export const MANY = 34
const AGENCY_FROM = 91001000
export const AGENCY = 500

const named: Organization[] = [
  {
    id: NORTHWIND,
    name: 'Northwind Studio',
    vanityName: 'northwind-studio',
    website: 'https://northwind.example',
    type: 'SELF_OWNED',
    logo: true,
  },
  {
    id: ACME,
    name: 'Acme Bakery',
    vanityName: 'acme-bakery',
    website: 'https://acme.example',
    type: 'PRIVATELY_HELD',
    logo: true,
  },
  { id: KESTREL, name: 'Kestrel Coffee', vanityName: 'kestrel-coffee', type: 'PARTNERSHIP', logo: false },
]

const many: Organization[] = Array.from({ length: MANY }, (_, i) => ({
  id: MANY_FROM + i,
  name: `Harbour Office ${String(i + 1).padStart(2, '0')}`,
  vanityName: `harbour-office-${i + 1}`,
  type: 'PRIVATELY_HELD',
  logo: i % 3 === 0,
}))

const TRADES = [
  ...['Bakery', 'Bicycles', 'Books', 'Brewing', 'Ceramics', 'Chandlery', 'Clinic', 'Coffee', 'Florist', 'Gallery'],
  ...['Hotel', 'Joinery', 'Laundry', 'Legal', 'Motors', 'Pharmacy', 'Print', 'Records', 'Sailmakers', 'Tailors'],
]
const TOWNS = [
  ...['Aarhus', 'Bergen', 'Bilbao', 'Braga', 'Bremen', 'Cádiz', 'Cork', 'Delft', 'Dundee', 'Gdynia', 'Genoa', 'Ghent'],
  ...[
    'Hull',
    'Kiel',
    'Lisbon',
    'Łódź',
    'Malmö',
    'Nantes',
    'Oslo',
    'Porto',
    'Riga',
    'Rostock',
    'Split',
    'Turku',
    'Vigo',
  ],
]
/** An agency's: nobody has a role on them until control gives it. */
const agency: Organization[] = TOWNS.flatMap((town, i) =>
  TRADES.map((trade, j) => ({
    id: AGENCY_FROM + i * TRADES.length + j,
    name: `${trade} ${town}`,
    vanityName: `${trade}-${i + 1}`.toLowerCase(),
    type: 'PRIVATELY_HELD',
    logo: false,
  })),
)

export const ORGANIZATIONS: readonly Organization[] = [...named, ...many, ...agency]

/** Roles on so many of the agency's pages, every 25th without the right to post. */
export const agencyRoles = (member: string, count: number): Role[] =>
  agency.slice(0, count).map(({ id }, i) => ({
    member,
    organization: id,
    role: i % 25 === 24 ? 'ANALYST' : 'ADMINISTRATOR',
    state: 'APPROVED',
  }))

export const firstRoles = (): Role[] => [
  { member: 'mara', organization: NORTHWIND, role: 'ADMINISTRATOR', state: 'APPROVED' },
  { member: 'mara', organization: ACME, role: 'CONTENT_ADMINISTRATOR', state: 'APPROVED' },
  { member: 'tomas', organization: KESTREL, role: 'ANALYST', state: 'APPROVED' },
  { member: 'tomas', organization: NORTHWIND, role: 'ADMINISTRATOR', state: 'APPROVED' },
  // Roles that are not (or no longer) held: a list without `state=APPROVED` contains them.
  { member: 'priya', organization: KESTREL, role: 'ADMINISTRATOR', state: 'REVOKED' },
  { member: 'priya', organization: ACME, role: 'CURATOR', state: 'REQUESTED' },
  ...many.map(
    (organization, i): Role => ({
      member: 'priya',
      organization: organization.id,
      role: i % 4 === 3 ? 'CONTENT_ADMINISTRATOR' : 'ADMINISTRATOR',
      state: 'APPROVED',
    }),
  ),
]

export const organizationUrn = (id: number): string => `urn:li:organization:${id}`
