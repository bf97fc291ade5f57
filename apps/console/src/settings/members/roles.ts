import type { Role } from '@mooring/react'

export const ROLES: readonly { role: Role; label: string; says: string }[] = [
  { role: 'owner', label: 'Owner', says: 'Everything, and says who the other owners are.' },
  { role: 'admin', label: 'Admin', says: 'Connects accounts, invites people, gives every role but owner.' },
  { role: 'publisher', label: 'Publisher', says: 'Sees accounts, writes posts and publishes them. Connects none.' },
  { role: 'viewer', label: 'Viewer', says: 'Sees, and changes nothing.' },
]

/** As the server has it: an admin gives and takes nothing of an owner. */
export const given = (own: Role): readonly Role[] =>
  ROLES.map((one) => one.role).filter((role) => own === 'owner' || (own === 'admin' && role !== 'owner'))

export const labelOf = (role: Role): string => ROLES.find((one) => one.role === role)?.label ?? role
