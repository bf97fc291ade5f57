import type { Answer, Ask } from '../../core/ask.ts'
import type { Route } from '../../core/route.ts'
import { DSN } from '../origins.ts'
import type { World } from '../world.ts'
import { deleteAccount, getAccount, listAccounts, restartAccount, syncAccount } from './accounts.ts'
import { resendCheckpoint, solveCheckpoint } from './checkpoint.ts'
import { connect } from './connect.ts'
import { gate } from './gate.ts'
import { hostedLink } from './hosted-link.ts'
import { me, user } from './users.ts'
import { createWebhook, deleteWebhook, listWebhooks } from './webhooks.ts'

const BASE = '/api/v1'

type Row = [endpoint: string, method: Route['method'], path: string, answer: (world: World, ask: Ask) => Answer]

const ROWS: readonly Row[] = [
  ['unipile.connect', 'POST', '/accounts', connect],
  ['unipile.checkpoint', 'POST', '/accounts/checkpoint', solveCheckpoint],
  ['unipile.resend', 'POST', '/accounts/checkpoint/resend', resendCheckpoint],
  ['unipile.accounts', 'GET', '/accounts', listAccounts],
  ['unipile.account', 'GET', '/accounts/:id', getAccount],
  ['unipile.reconnect', 'POST', '/accounts/:id', connect],
  ['unipile.delete', 'DELETE', '/accounts/:id', deleteAccount],
  ['unipile.restart', 'POST', '/accounts/:id/restart', restartAccount],
  ['unipile.sync', 'GET', '/accounts/:id/sync', syncAccount],
  ['unipile.me', 'GET', '/users/me', me],
  ['unipile.user', 'GET', '/users/:identifier', user],
  ['unipile.link', 'POST', '/hosted/accounts/link', hostedLink],
  ['unipile.webhook-create', 'POST', '/webhooks', createWebhook],
  ['unipile.webhooks', 'GET', '/webhooks', listWebhooks],
  ['unipile.webhook-delete', 'DELETE', '/webhooks/:id', deleteWebhook],
]

export const V1_ENDPOINTS: readonly string[] = ROWS.map(([endpoint]) => endpoint)

export const v1Routes = (world: World): Route[] =>
  ROWS.map(([endpoint, method, path, answer]) => ({
    ...{ endpoint, method, origin: DSN, path: `${BASE}${path}` },
    answer: (ask) => gate(world, endpoint, ask, () => answer(world, ask)),
  }))
