/** All routes in one handler of the Fetch standard: `(Request) → Response`. */
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { MooringError } from '../error.ts'
import { audited } from './audited.ts'
import { authenticate } from './auth.ts'
import type { App, HttpOptions, Vars } from './context.ts'
import { envelope } from './envelope.ts'
import { notFound, problem } from './problem.ts'
import { accountRoutes } from './routes/accounts.ts'
import { apiKeyRoutes } from './routes/api-keys.ts'
import { auditRoutes } from './routes/audit.ts'
import { callbackRoutes } from './routes/callback.ts'
import { connectLinkRoutes } from './routes/connect-links.ts'
import { connectPageRoutes } from './routes/connect-page.ts'
import { connectSessionRoutes } from './routes/connect-sessions.ts'
import { connectionRoutes } from './routes/connections.ts'
import { consoleRoutes } from './routes/console.ts'
import { credentialsPageRoutes } from './routes/credentials-page.ts'
import { deliveryRoutes } from './routes/deliveries.ts'
import { docsRoutes } from './routes/docs.ts'
import { flowRoutes } from './routes/flows.ts'
import { forecastRoutes } from './routes/forecast.ts'
import { importRoutes } from './routes/import.ts'
import { meRoutes } from './routes/me.ts'
import { MEDIA, mediaRoutes, publicMediaRoutes } from './routes/media.ts'
import { invitationRoutes, memberRoutes } from './routes/members.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { onboardingRoutes } from './routes/onboarding.ts'
import { pictureRoutes } from './routes/pictures.ts'
import { postRoutes } from './routes/posts.ts'
import { providerRoutes } from './routes/providers.ts'
import { proxyRoutes } from './routes/proxy.ts'
import { publishingRoutes } from './routes/publishing.ts'
import { pushRoutes } from './routes/push.ts'
import { registrationRoutes } from './routes/registrations.ts'
import { sessionRoutes } from './routes/session.ts'
import { startLinkRoutes } from './routes/start-link.ts'
import { systemRoutes } from './routes/system.ts'
import { tickRoutes } from './routes/tick.ts'
import { tokenRoutes } from './routes/token.ts'
import { vaultRoutes } from './routes/vault.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { workspaceRoutes } from './routes/workspaces.ts'

/** No request of this API is larger: the longest list of accounts is some 200 KB. */
const MOST_BODY = 1024 * 1024

/** What a key, a person or a host's user may ask for. */
const OF_PRINCIPALS = [
  ...['providers', 'flows', 'connect-sessions', 'connect-links', 'connect-link', 'connections', 'accounts'],
  ...['api-keys', 'registrations', 'vault', 'forecast', 'alerts', 'members', 'invitations', 'workspaces'],
  ...['workspace', 'audit', 'webhooks', 'onboarding', 'posts', 'deliveries', 'publishing', 'media', 'links'],
]

export function createApp(options: HttpOptions): App {
  const app: App = new OpenAPIHono<Vars>({
    defaultHook: (result) => {
      if (result.success) return
      const fields = result.error.issues
        .slice(0, 20)
        .map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
      // An id that is no UUID is a foreign id like any other.
      if (result.target === 'param') throw notFound()
      throw new MooringError('invalid_request', 'Something in the request is not right.', { fields })
    },
  })
  app.use('*', envelope(options))
  proxyRoutes(app, options)
  app.use('*', methodNotAllowed({ app, onMethodNotAllowed: (c, allowed) => refuseMethod(c, options, allowed) }))
  app.use('/api/*', audited(options), limitBody, requireJson)
  app.use('/connect-session/*', limitBody)

  sessionRoutes(app, options)
  meRoutes(app, options)
  invitationRoutes(app, options)
  systemRoutes(app, options)
  metricsRoutes(app, options)
  callbackRoutes(app, options)
  startLinkRoutes(app, options)
  connectPageRoutes(app, options)
  credentialsPageRoutes(app, options)
  pushRoutes(app, options)
  tickRoutes(app, options)
  pictureRoutes(app, options)
  publicMediaRoutes(app, options)
  // `/*` takes the path itself too; a second line for it would look the session up twice.
  for (const path of OF_PRINCIPALS) app.use(`/api/v1/${path}/*`, authenticate(options))
  tokenRoutes(app, options)
  providerRoutes(app, options)
  flowRoutes(app, options)
  connectSessionRoutes(app, options)
  connectLinkRoutes(app, options)
  importRoutes(app, options)
  connectionRoutes(app, options)
  accountRoutes(app, options)
  forecastRoutes(app, options)
  apiKeyRoutes(app, options)
  memberRoutes(app, options)
  workspaceRoutes(app, options)
  auditRoutes(app, options)
  registrationRoutes(app, options)
  webhookRoutes(app, options)
  onboardingRoutes(app, options)
  postRoutes(app, options)
  deliveryRoutes(app, options)
  publishingRoutes(app, options)
  mediaRoutes(app, options)
  vaultRoutes(app, options)
  docsRoutes(app, options)
  consoleRoutes(app, options)

  app.notFound((c) => problem(c, options, notFound()))
  app.onError((error, c) => problem(c, options, ours(error)))
  return app
}

function refuseMethod(c: Context<Vars>, options: HttpOptions, allowed: string[]): Response {
  c.header('Allow', allowed.join(', '))
  return problem(c, options, new MooringError('method_not_allowed', `This address takes ${allowed.join(' or ')}.`))
}

const tooLarge = () => {
  throw new MooringError('body_too_large', 'That is too large.', { detail: `A body may have ${MOST_BODY} bytes.` })
}

const limit = bodyLimit({ maxSize: MOST_BODY, onError: () => tooLarge() })

/** A file, of any kind and much larger: what takes it in has a limit of its own, and judges it by its bytes. */
const isFile = (c: Context<Vars>): boolean => c.req.method === 'POST' && c.req.path === MEDIA

/** A GET has no body for us; to ask it for one makes Node build a whole Request, which costs more than the read of a token. */
const limitBody: MiddlewareHandler<Vars> = (c, next) =>
  c.req.method === 'GET' || c.req.method === 'HEAD' || isFile(c) ? next() : limit(c, next)

/** A body that is not JSON is refused by its kind: a form of another site could send it without asking. */
const requireJson: MiddlewareHandler<Vars> = async (c, next) => {
  const type = c.req.header('content-type')
  const bodied =
    c.req.header('content-length') !== undefined
      ? c.req.header('content-length') !== '0'
      : c.req.header('transfer-encoding') !== undefined
  if (bodied && !isFile(c) && !/^application\/json\s*(;|$)/i.test(type ?? '')) {
    throw notJson()
  }
  await next()
}

const notJson = () =>
  new MooringError('unsupported_media_type', 'Send JSON.', { detail: 'Content-Type must be application/json.' })

/** What Hono itself throws, as ours: malformed JSON, and a body of another kind whose length no header tells. */
function ours(error: unknown): unknown {
  if (!(error instanceof HTTPException)) return error
  if (error.status === 415) return notJson()
  if (error.status === 400) return new MooringError('invalid_json', 'That is not JSON that we can read.')
  return error
}
