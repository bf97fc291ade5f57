/**
 * A product with users of its own, whose companies connect their accounts on its settings page. Mooring is mounted at
 * /mooring: it asks `authenticate` who is signed in, and each company is a workspace of its own.
 */
import { randomBytes } from 'node:crypto'
import express, { type Request as ExpressRequest, type Response as ExpressResponse } from 'express'
import { getIronSession } from 'iron-session'
import { openMooring } from 'mooring'
import { expressHandler } from 'mooring/express'
import { findUser, signIn } from './users.ts'

const port = Number(process.env.PORT ?? 3000)
const session = {
  cookieName: 'product',
  // Of this start alone; a product keeps its own.
  password: process.env.SESSION_SECRET ?? randomBytes(32).toString('hex'),
  cookieOptions: { secure: false, sameSite: 'lax' as const },
}
type Session = { user?: string }

const mooring = await openMooring({
  env: { MOORING_BASE_URL: `http://localhost:${port}/mooring`, ...process.env },
  // No platform app yet: the platforms are simulated, until LINKEDIN_CLIENT_ID and the like are set.
  sandbox: true,
  async authenticate(request) {
    const { user } = await getIronSession<Session>(request, new Response(), session)
    const found = findUser(user)
    return (
      found && {
        id: found.id,
        name: found.name,
        workspace: found.company.id,
        workspaceName: found.company.name,
        role: found.role,
      }
    )
  },
})

const app = express()
// Before anything that reads bodies: Mooring reads its own.
app.use('/mooring', expressHandler(mooring))
app.use(express.urlencoded({ extended: false }))
app.use('/assets', express.static(new URL('./dist/assets', import.meta.url).pathname))

const userOf = async (request: ExpressRequest, response: ExpressResponse) =>
  findUser((await getIronSession<Session>(request, response, session)).user)

app.get('/', async (request, response) => {
  if (await userOf(request, response)) return response.redirect('/settings')
  response.send(page('Sign in', SIGN_IN))
})
app.post('/sign-in', async (request, response) => {
  const user = signIn(request.body.name, request.body.password)
  if (!user) return response.status(401).send(page('Sign in', `<p role="alert">That is not right.</p>${SIGN_IN}`))
  const held = await getIronSession<Session>(request, response, session)
  held.user = user.id
  await held.save()
  response.redirect('/settings')
})
app.post('/sign-out', async (request, response) => {
  ;(await getIronSession<Session>(request, response, session)).destroy()
  response.redirect('/')
})
app.get('/settings', async (request, response) => {
  const user = await userOf(request, response)
  if (!user) return response.redirect('/')
  response.send(
    page(
      'Settings',
      `<header><b>${user.company.name}</b> <span>${user.name}, ${user.role}</span>
<form method="post" action="/sign-out"><button>Sign out</button></form></header>
<div id="social"></div><script type="module" src="/assets/settings.js"></script>`,
    ),
  )
})

const SIGN_IN = `<form method="post" action="/sign-in">
<label>Name <input name="name" autocomplete="username"></label>
<label>Password <input name="password" type="password" autocomplete="current-password"></label>
<button>Sign in</button></form>`

const page = (title: string, body: string) => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<link rel="stylesheet" href="/assets/settings.css"><main><h1>${title}</h1>${body}</main></html>`

const server = app.listen(port, '127.0.0.1', () => console.log(`The product runs: http://localhost:${port}`))
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    // What Mooring keeps open for a page ends, and a balancer sends no more.
    mooring.drain()
    server.close(() => mooring.close().then(() => process.exit(0)))
    // A page that is open goes on asking by the connection that it has: each is let go between two answers, and in the end at once.
    setInterval(() => server.closeIdleConnections(), 50)
    setTimeout(() => server.closeAllConnections(), 10_000)
  })
}
