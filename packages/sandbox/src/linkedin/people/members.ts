import { derived } from '../../core/ids.ts'

export interface Member {
  key: string
  firstName: string
  lastName: string
  vanityName: string
  headline: string
  /** A member may have none, or not share it: userinfo then leaves the field out. */
  email?: string
  picture: boolean
  country: string
  language: string
}

export const MEMBERS: readonly Member[] = [
  {
    key: 'mara',
    firstName: 'Mara',
    lastName: 'Lindqvist',
    vanityName: 'mara-lindqvist',
    headline: 'Founder at Northwind Studio',
    email: 'mara.lindqvist@example.com',
    picture: true,
    country: 'SE',
    language: 'en',
  },
  {
    key: 'tomas',
    firstName: 'Tomas',
    lastName: 'Brandl',
    vanityName: 'tomas-brandl',
    headline: 'Partner at Northwind Studio',
    email: 'tomas.brandl@example.com',
    picture: true,
    country: 'AT',
    language: 'de',
  },
  {
    key: 'ines',
    firstName: 'Ines',
    lastName: 'Okafor',
    vanityName: 'ines-okafor',
    headline: 'Illustrator',
    picture: false,
    country: 'PT',
    language: 'en',
  },
  {
    key: 'priya',
    firstName: 'Priya',
    lastName: 'Raman',
    vanityName: 'priya-raman',
    headline: 'Head of social, many pages',
    email: 'priya.raman@example.com',
    picture: true,
    country: 'IN',
    language: 'en',
  },
]

/** The member who is offered first to a browser that has not signed in. */
export const FIRST_MEMBER = 'mara'

export const fullName = (member: Member): string => `${member.firstName} ${member.lastName}`

/**
 * A member's id as one app sees it. Subjects are pairwise (LinkedIn's discovery document says so), and `sub` of userinfo,
 * `id` of /v2/me and the number in `urn:li:person:` are one and the same inside an app.
 */
export const memberId = (clientId: string, memberKey: string): string => derived(10, 'person', clientId, memberKey)

export const personUrn = (clientId: string, memberKey: string): string =>
  `urn:li:person:${memberId(clientId, memberKey)}`
