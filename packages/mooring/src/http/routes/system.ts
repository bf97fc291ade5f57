/** Alive, ready, and the document of the API with a page to read it. */
import { cookieName } from '../../access/sign-in/library.ts'
import { MooringError } from '../../error.ts'
import type { App, HttpOptions } from '../context.ts'
import { type OpenApiDocument, referencePage } from '../reference.ts'

export function systemRoutes(app: App, options: HttpOptions): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    if (options.closing.aborted) throw new MooringError('database_unavailable', 'The server is closing.')
    await options.engine.store.ping()
    return c.json({ status: 'ready' })
  })

  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key: `mk_live_…`.',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: cookieName(options.baseUrl, 'session'),
    description: "The console's own session. What it changes must come from the console's own pages.",
  })
  app.doc31('/api/v1/openapi.json', description(options))
  app.get('/api/v1/docs', (c) =>
    c.html(referencePage(app.getOpenAPI31Document(description(options)) as unknown as OpenApiDocument)),
  )
}

/** The groups of the API, as its reference shows them. */
const TAGS: Readonly<Record<string, string>> = {
  providers: 'Platforms, what each kind of app asks for, and what the operator must mend.',
  registrations: 'Apps of a workspace’s own.',
  onboarding: 'The first steps of a workspace.',
  webhooks: 'Where events are told of: endpoints, and what arrived there.',
  flows: 'Connecting somebody, from the start to the choice of accounts.',
  'connect links': 'A link that an agency sends to a client, good once.',
  'connect sessions': 'A link for one user of a host product.',
  connections: 'Standing authorizations: live tokens, health, test, renewal, end, import.',
  accounts: 'What connections act as.',
  media: 'Files of posts, and the cards of links.',
  pictures: 'Pictures of people and pages, through this server.',
  proxy: 'Requests to the platform with the live token.',
  'api keys': 'Keys of programs.',
  session: 'In and out of the console.',
  me: 'The signed-in person.',
  posts: 'What is said, to whom, when, and what became of it.',
  members: 'Who belongs to a workspace.',
  workspaces: 'Tenants.',
  audit: 'Who did what from where.',
  vault: 'The keys that seal tokens.',
}

const description = (options: HttpOptions) => ({
  openapi: '3.1.0',
  info: {
    title: 'Mooring',
    version: options.version,
    description:
      'Connect accounts once, keep every token valid. Errors are RFC 9457 problem details with a stable `code`.',
    license: { name: 'Apache-2.0' },
  },
  servers: [{ url: options.baseUrl }],
  tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
  security: [{ apiKey: [] }, { session: [] }],
})
