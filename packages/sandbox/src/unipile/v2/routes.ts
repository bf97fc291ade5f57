import type { Answer, Ask } from '../../core/ask.ts'
import type { Route } from '../../core/route.ts'
import { API } from '../origins.ts'
import type { World } from '../world.ts'
import { deleteAccount, getAccount, listAccounts, patchAccount } from './accounts.ts'
import { createLink, solveIntent, startIntent } from './auth.ts'
import { gate } from './gate.ts'
import { createEndpoint, deleteEndpoint, getEndpoint, listEndpoints } from './webhooks.ts'

const BASE = '/v2'

type Row = [endpoint: string, method: Route['method'], path: string, answer: (world: World, ask: Ask) => Answer]

/** The SDK ends the paths of lists with a slash; a public client left it out, and was answered. */
const ROWS: readonly Row[] = [
  ['unipile.v2-intent', 'POST', '/auth/intent', startIntent],
  ['unipile.v2-checkpoint', 'POST', '/auth/checkpoint', solveIntent],
  ['unipile.v2-link', 'POST', '/auth/link', createLink],
  ['unipile.v2-accounts', 'GET', '/accounts', listAccounts],
  ['unipile.v2-accounts', 'GET', '/accounts/', listAccounts],
  ['unipile.v2-account', 'GET', '/accounts/:id', getAccount],
  ['unipile.v2-account-patch', 'PATCH', '/accounts/:id', patchAccount],
  ['unipile.v2-account-delete', 'DELETE', '/accounts/:id', deleteAccount],
  ['unipile.v2-webhook-create', 'POST', '/webhooks/endpoints', createEndpoint],
  ['unipile.v2-webhook-create', 'POST', '/webhooks/endpoints/', createEndpoint],
  ['unipile.v2-webhooks', 'GET', '/webhooks/endpoints', listEndpoints],
  ['unipile.v2-webhooks', 'GET', '/webhooks/endpoints/', listEndpoints],
  ['unipile.v2-webhook', 'GET', '/webhooks/endpoints/:id', getEndpoint],
  ['unipile.v2-webhook-delete', 'DELETE', '/webhooks/endpoints/:id', deleteEndpoint],
]

export const V2_ENDPOINTS: readonly string[] = [...new Set(ROWS.map(([endpoint]) => endpoint))]

export const v2Routes = (world: World): Route[] =>
  ROWS.map(([endpoint, method, path, answer]) => ({
    ...{ endpoint, method, origin: API, path: `${BASE}${path}` },
    answer: (ask) => gate(world, endpoint, ask, () => answer(world, ask)),
  }))
