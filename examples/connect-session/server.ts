/**
 * A product with users of its own, on its own origin; Mooring runs on another one (`mooring serve`). The product's server
 * makes a connect session, the browser goes through it, and this server says who came back.
 */
import { randomBytes } from 'node:crypto'
import express, { type Request, type Response } from 'express'
import { getIronSession } from 'iron-session'
import { complete, connectUrl, Refused } from './mooring.ts'
import { findUser, signIn, type User } from './users.ts'

const port = Number(process.env.PORT ?? 3000)
const origin = `http://127.0.0.1:${port}`
const session = {
  cookieName: 'product',
  // Of this start alone; a product keeps its own.
  password: process.env.SESSION_SECRET ?? randomBytes(32).toString('hex'),
  cookieOptions: { secure: false, sameSite: 'lax' as const },
}
/** What each company connected, by Mooring's id of the connection: a product's database. */
const connected = new Map<string, Map<string, string>>()

const app = express()
app.use(express.urlencoded({ extended: false }))
// What comes back from Mooring has a code in its address: no other site is to learn it.
app.use((_, response, next) => {
  response.set('Referrer-Policy', 'no-referrer')
  next()
})

const held = (request: Request, response: Response) =>
  getIronSession<{ user?: string; after?: string }>(request, response, session)
const userOf = async (request: Request, response: Response) => findUser((await held(request, response)).user)
const text = (value: unknown) => (typeof value === 'string' ? value : '')

app.get('/', async (request, response) => {
  if (await userOf(request, response)) return response.redirect('/settings')
  response.send(page('Sign in', SIGN_IN))
})
app.post('/sign-in', async (request, response) => {
  const user = signIn(request.body.name, request.body.password)
  if (!user) return response.status(401).send(page('Sign in', `<p role="alert">That is not right.</p>${SIGN_IN}`))
  const mine = await held(request, response)
  const { after } = mine
  mine.user = user.id
  delete mine.after
  await mine.save()
  response.redirect(after ?? '/settings')
})
app.get('/settings', async (request, response) => {
  const user = await userOf(request, response)
  if (!user) return response.redirect('/')
  response.send(page('Settings', settings(user, text(request.query.message))))
})

// A POST: another site's page cannot make a browser send the cookie along (SameSite=Lax).
app.post('/connect', async (request, response) => {
  const user = await userOf(request, response)
  if (!user) return response.redirect('/')
  response.redirect(303, await connectUrl({ user, company: user.company, origin }))
})

// `completeAt`: Mooring sends the browser here with what only this server can complete.
app.get('/settings/connected', async (request, response) => {
  const user = await userOf(request, response)
  if (!user) {
    const mine = await held(request, response)
    mine.after = request.originalUrl
    await mine.save()
    return response.send(page('Sign in', SIGN_IN))
  }
  try {
    const { next, flow } = await complete(text(request.query.flow), text(request.query.code), user.id)
    const own = connected.get(user.company.id) ?? new Map()
    connected.set(user.company.id, own.set(flow.connectionId, flow.identity.label))
    response.redirect(303, next)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    response.redirect(303, `/settings?message=${encodeURIComponent(error.message)}`)
  }
})

const SIGN_IN = `<form method="post" action="/sign-in">
<label>Name <input name="name" autocomplete="username"></label>
<label>Password <input name="password" type="password" autocomplete="current-password"></label>
<button>Sign in</button></form>`

const escaped = (value: string) => value.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`)

function settings(user: User, message: string): string {
  const own = [...(connected.get(user.company.id)?.values() ?? [])]
  const list = own.map((label) => `<li>LinkedIn: ${escaped(label)}</li>`).join('')
  return `<p>${escaped(user.name)} of ${escaped(user.company.name)}</p>
${message === '' ? '' : `<p role="alert">${escaped(message)}</p>`}
<h2>Social accounts</h2>${list === '' ? '<p>No accounts yet.</p>' : `<ul>${list}</ul>`}
<form method="post" action="/connect"><button>Connect LinkedIn</button></form>`
}

const page = (title: string, body: string) => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<main><h1>${title}</h1>${body}</main></html>`

const server = app.listen(port, '127.0.0.1', () => console.log(`The product runs: ${origin}`))
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close(() => process.exit(0))
    server.closeAllConnections()
  })
}
