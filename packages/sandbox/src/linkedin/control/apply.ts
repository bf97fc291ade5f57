import { NothingMatches } from '../../control/nothing-matches.ts'
import { present } from '../../core/present.ts'
import { type App, DEVELOPMENT_QUOTA } from '../apps.ts'
import { dropCodes } from '../oauth/consent.ts'
import { agencyRoles, ORGANIZATIONS } from '../people/organizations.ts'
import { type AccessToken, appOf, type RefreshToken, type State } from '../state.ts'
import type { LinkedInCommand } from './command.ts'

function appBy(state: State, registration: string): App {
  const app = state.apps.find((known) => known.registration === registration)
  if (!app) throw new NothingMatches(`There is no app "${registration}".`)
  return app
}

function changeApp(state: State, { registration, ...fields }: NonNullable<LinkedInCommand['app']>): void {
  const app = appBy(state, registration)
  const quota = fields.tier === undefined ? app.quota : fields.tier === 'development' ? { ...DEVELOPMENT_QUOTA } : {}
  Object.assign(app, { quota }, present(fields))
}

function addApp(state: State, fields: NonNullable<LinkedInCommand['addApp']>): void {
  const { registration, clientId } = fields
  if (appOf(state, clientId) || state.apps.some((app) => app.registration === registration)) {
    throw new NothingMatches(`The registration "${registration}" or the client id "${clientId}" is taken.`)
  }
  state.apps.push({
    name: registration,
    redirectUris: [],
    refreshTokens: false,
    nativePkce: false,
    tier: 'standard',
    quota: {},
    secretRefused: false,
    ...present(fields),
  } as App)
}

type Wanted = { registration?: string | undefined; member?: string | undefined }

const meant = (state: State, wanted: Wanted) => {
  const clientId = wanted.registration === undefined ? undefined : appBy(state, wanted.registration).clientId
  return (one: { clientId: string; member: string }): boolean =>
    (clientId ?? one.clientId) === one.clientId && (wanted.member ?? one.member) === one.member
}

function changeToken(state: State, wish: NonNullable<LinkedInCommand['token']>, now: number): void {
  const tokens: (AccessToken | RefreshToken)[] = [
    ...(wish.kind === 'refresh' ? [] : state.access.values()),
    ...(wish.kind === 'access' ? [] : state.refresh.values()),
  ]
  const isMeant = meant(state, wish)
  const found = tokens.filter(
    (one) => isMeant(one) && (wish.id ?? one.id) === one.id && (wish.value ?? one.token) === one.token,
  )
  if (found.length === 0) throw new NothingMatches('No token matches.')
  for (const token of found) {
    if (wish.do === 'revoke') token.revoked = true
    else token.expiresAt = Math.min(token.expiresAt, now)
  }
}

function revokeGrant(state: State, wish: NonNullable<LinkedInCommand['revokeGrant']>): void {
  const isMeant = meant(state, wish)
  const grants = state.grants.filter((grant) => isMeant(grant) && !grant.revoked)
  if (grants.length === 0) throw new NothingMatches('No grant matches.')
  for (const one of [...grants, ...state.access.values(), ...state.refresh.values()])
    if (isMeant(one)) one.revoked = true
  dropCodes(state, isMeant)
}

function changeRole(state: State, wish: NonNullable<LinkedInCommand['role']>): void {
  const organization = ORGANIZATIONS.find(
    (one) => one.id === Number(wish.organization) || one.vanityName === wish.organization,
  )
  if (!organization) throw new NothingMatches(`There is no organization "${wish.organization}".`)
  const at = state.roles.findIndex((one) => one.member === wish.member && one.organization === organization.id)
  if (wish.remove) {
    if (at < 0) throw new NothingMatches('That member has no role there.')
    state.roles.splice(at, 1)
    return
  }
  const before = state.roles[at]
  const role = wish.role ?? before?.role ?? 'ADMINISTRATOR'
  const next = {
    member: wish.member,
    organization: organization.id,
    role,
    state: wish.state ?? before?.state ?? 'APPROVED',
  }
  if (at < 0) state.roles.push(next)
  else state.roles[at] = next
}

function givePages(state: State, { member, count }: NonNullable<LinkedInCommand['pages']>): void {
  const given = agencyRoles(member, count)
  const ids = new Set(given.map((one) => one.organization))
  const others = state.roles.filter((one) => one.member !== member || !ids.has(one.organization))
  state.roles = [...others, ...given]
}

export function applyLinkedIn(state: State, command: LinkedInCommand, now: number): void {
  if (command.app) changeApp(state, command.app)
  if (command.addApp) addApp(state, command.addApp)
  if (command.token) changeToken(state, command.token, now)
  if (command.revokeGrant) revokeGrant(state, command.revokeGrant)
  if (command.role) changeRole(state, command.role)
  if (command.pages) givePages(state, command.pages)
  if (command.freshToken) state.settings.freshToken = command.freshToken
  if (command.failProcessing) state.failNext.push(command.failProcessing)
  if (command.signOut) state.sessions.clear()
  if (command.settings) Object.assign(state.settings, present(command.settings))
}
