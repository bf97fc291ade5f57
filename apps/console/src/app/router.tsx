import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { AccountsPage } from '../accounts/accounts-page.tsx'
import { ActivityPage } from '../activity/activity-page.tsx'
import { ChangeAccountsPage } from '../connect/change-accounts-page.tsx'
import { ChooseAccountsPage } from '../connect/choose-accounts-page.tsx'
import { CredentialsPage } from '../connect/credentials/credentials-page.tsx'
import { DonePage } from '../connect/credentials/done-page.tsx'
import { LinkPage } from '../connect/credentials/link-page.tsx'
import { ReturnPage } from '../connect/return-page.tsx'
import { ConnectionPage } from '../connection/connection-page.tsx'
import { ConfirmAddressPage } from '../entry/confirm-address-page.tsx'
import { Crash } from '../entry/crash.tsx'
import { InvitationPage } from '../entry/invitation-page.tsx'
import { NotFound } from '../entry/not-found.tsx'
import { ForgotPage, ResetPage } from '../entry/reset-page.tsx'
import { SetupPage } from '../entry/setup-page.tsx'
import { SignInPage } from '../entry/sign-in-page.tsx'
import { OnboardingPage } from '../onboarding/onboarding-page.tsx'
import { SeatsPage } from '../seats/seats-page.tsx'
import { AccountsSettingsPage } from '../settings/accounts-settings-page.tsx'
import { ApiKeysPage } from '../settings/api-keys-page.tsx'
import { FirstStepsPage } from '../settings/first-steps-page.tsx'
import { MembersPage } from '../settings/members/members-page.tsx'
import { NotificationsPage } from '../settings/notifications-page.tsx'
import { PreferencesPage } from '../settings/preferences-page.tsx'
import { SecurityPage } from '../settings/security-page.tsx'
import { ServerPage } from '../settings/server-page.tsx'
import { SettingsLayout } from '../settings/settings-layout.tsx'
import { WebhooksPage } from '../settings/webhooks/webhooks-page.tsx'
import { ProfilePage } from '../settings/workspace/profile-page.tsx'
import { Shell } from '../shell/shell.tsx'
import { TimelinePage } from '../timeline/timeline-page.tsx'
import { Gate } from './gate.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Crash })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/accounts', replace: true })
  },
})

const setup = createRoute({ getParentRoute: () => root, path: '/setup', component: SetupPage })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { error?: string | undefined } => ({ error: text(search.error) }),
  component: function SignIn() {
    return <SignInPage failed={signIn.useSearch().error !== undefined} />
  },
})
const forgot = createRoute({ getParentRoute: () => root, path: '/forgot-password', component: ForgotPage })
const reset = createRoute({ getParentRoute: () => root, path: '/reset-password', component: ResetPage })
const invitation = createRoute({ getParentRoute: () => root, path: '/invitation', component: InvitationPage })

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

export interface ReturnSearch {
  flow?: string | undefined
  error?: string | undefined
  message?: string | undefined
}

const returnSearch = (search: Record<string, unknown>): ReturnSearch => ({
  flow: text(search.flow),
  error: text(search.error),
  message: text(search.message),
})

export interface ComposeSearch {
  /** A time that a new post begins with: wall time and zone. */
  at?: string | undefined
  zone?: string | undefined
}

export interface CalendarSearch {
  look?: string | undefined
  /** `2026-10-14`. */
  day?: string | undefined
  account?: string | undefined
  /** One kind of what needs somebody. */
  only?: string | undefined
}

const flowReturn = createRoute({
  getParentRoute: () => root,
  path: '/connect/return',
  validateSearch: returnSearch,
  component: function Return() {
    return <ReturnPage search={flowReturn.useSearch()} />
  },
})

const done = createRoute({
  getParentRoute: () => root,
  path: '/connect/done',
  validateSearch: returnSearch,
  component: function Done() {
    return <DonePage search={done.useSearch()} />
  },
})

/** A flow by credentials, or a link that begins one: a link's token says so itself. */
const credentials = createRoute({
  getParentRoute: () => root,
  path: '/connect/$flow',
  component: function Credentials() {
    const { flow } = credentials.useParams()
    return flow.startsWith('ml_') ? <LinkPage key={flow} link={flow} /> : <CredentialsPage key={flow} flowId={flow} />
  },
})

const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Gate })

const choose = createRoute({
  getParentRoute: () => signedIn,
  path: '/connect/$flowId/accounts',
  component: function Choose() {
    return <ChooseAccountsPage flowId={choose.useParams().flowId} />
  },
})

const change = createRoute({
  getParentRoute: () => signedIn,
  path: '/accounts/$connectionId/choose',
  component: function Change() {
    return <ChangeAccountsPage connectionId={change.useParams().connectionId} />
  },
})

const onboarding = createRoute({
  getParentRoute: () => signedIn,
  path: '/onboarding',
  validateSearch: (search): ReturnSearch & { step?: string | undefined } => ({
    ...returnSearch(search),
    step: text(search.step),
  }),
  component: function Onboarding() {
    const { step, ...search } = onboarding.useSearch()
    const back = search.flow !== undefined || search.error !== undefined
    return back ? <ReturnPage search={search} home="/onboarding" /> : <OnboardingPage step={step} />
  },
})

const confirmAddress = createRoute({
  getParentRoute: () => signedIn,
  path: '/confirm-address',
  component: ConfirmAddressPage,
})

const shell = createRoute({ getParentRoute: () => signedIn, id: 'shell', component: Shell })

const accounts = createRoute({ getParentRoute: () => shell, path: '/accounts', component: AccountsPage })

const seats = createRoute({ getParentRoute: () => shell, path: '/accounts/seats', component: SeatsPage })

const connection = createRoute({
  getParentRoute: () => shell,
  path: '/accounts/$connectionId',
  component: function One() {
    const { connectionId } = connection.useParams()
    // Anew for another one: what is open or counted belongs to the one before.
    return <ConnectionPage key={connectionId} connectionId={connectionId} />
  },
})

/** What only publishing needs is not part of the start. */
const compose = createRoute({
  getParentRoute: () => shell,
  // One route: a draft gets its id while somebody writes in it.
  path: '/compose/{-$post}',
  validateSearch: (search): ComposeSearch & ReturnSearch => ({
    ...returnSearch(search),
    at: text(search.at),
    zone: text(search.zone),
  }),
  component: lazyRouteComponent(() => import('../compose/compose-page.tsx'), 'ComposePage'),
})
const calendar = createRoute({
  getParentRoute: () => shell,
  path: '/calendar',
  validateSearch: (search): CalendarSearch & ReturnSearch => ({
    ...returnSearch(search),
    look: text(search.look),
    day: text(search.day),
    account: text(search.account),
    only: text(search.only),
  }),
  component: lazyRouteComponent(() => import('../calendar/calendar-page.tsx'), 'CalendarPage'),
})
const posts = createRoute({
  getParentRoute: () => shell,
  path: '/posts',
  validateSearch: (search): ReturnSearch & { view?: string | undefined } => ({
    ...returnSearch(search),
    view: text(search.view),
  }),
  component: lazyRouteComponent(() => import('../posts/posts-page.tsx'), 'PostsPage'),
})
const post = createRoute({
  getParentRoute: () => shell,
  path: '/posts/$post',
  validateSearch: returnSearch,
  component: lazyRouteComponent(() => import('../posts/status/post-page.tsx'), 'PostPage'),
})
const timeline = createRoute({ getParentRoute: () => shell, path: '/timeline', component: TimelinePage })

const activity = createRoute({ getParentRoute: () => shell, path: '/activity', component: ActivityPage })

const settings = createRoute({ getParentRoute: () => shell, path: '/settings', component: SettingsLayout })

const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/profile', replace: true })
  },
})
const profile = createRoute({ getParentRoute: () => settings, path: 'profile', component: ProfilePage })
const notifications = createRoute({
  getParentRoute: () => settings,
  path: 'notifications',
  component: NotificationsPage,
})
const preferences = createRoute({ getParentRoute: () => settings, path: 'preferences', component: PreferencesPage })
const ownAccounts = createRoute({ getParentRoute: () => settings, path: 'accounts', component: AccountsSettingsPage })
const publishing = createRoute({
  getParentRoute: () => settings,
  path: 'publishing',
  component: lazyRouteComponent(() => import('../settings/publishing/publishing-page.tsx'), 'PublishingPage'),
})
const server = createRoute({ getParentRoute: () => settings, path: 'server', component: ServerPage })
const members = createRoute({ getParentRoute: () => settings, path: 'members', component: MembersPage })
const security = createRoute({
  getParentRoute: () => settings,
  path: 'security',
  validateSearch: (search): { error?: string | undefined } => ({ error: text(search.error) }),
  component: function Security() {
    return <SecurityPage failed={security.useSearch().error !== undefined} />
  },
})
const webhooks = createRoute({ getParentRoute: () => settings, path: 'webhooks', component: WebhooksPage })
const firstSteps = createRoute({ getParentRoute: () => settings, path: 'first-steps', component: FirstStepsPage })
const apiKeys = createRoute({ getParentRoute: () => settings, path: 'api-keys', component: ApiKeysPage })

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    setup,
    signIn,
    forgot,
    reset,
    invitation,
    flowReturn,
    done,
    credentials,
    signedIn.addChildren([
      choose,
      change,
      onboarding,
      confirmAddress,
      shell.addChildren([
        accounts,
        seats,
        connection,
        compose,
        calendar,
        posts,
        post,
        timeline,
        activity,
        settings.addChildren([
          settingsHome,
          profile,
          members,
          notifications,
          preferences,
          ownAccounts,
          publishing,
          webhooks,
          security,
          apiKeys,
          firstSteps,
          server,
        ]),
      ]),
    ]),
  ]),
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
