import type { Answer, Ask } from '../../core/ask.ts'
import type { Route } from '../../core/route.ts'
import { DSN } from '../origins.ts'
import type { World } from '../world.ts'
import { deleteAccount, getAccount, listAccounts, restartAccount, syncAccount } from './accounts.ts'
import { resendCheckpoint, solveCheckpoint } from './checkpoint.ts'
import { connect } from './connect.ts'
import { gate } from './gate.ts'

const BASE = '/api/v1'

export function v1Routes(world: World): Route[] {
  const route = (
    name: string,
    method: Route['method'],
    path: string,
    answer: (world: World, ask: Ask) => Answer,
  ): Route => {
    const endpoint = `unipile.${name}`
    const guarded = (ask: Ask) => gate(world, endpoint, ask, () => answer(world, ask))
    return { endpoint, origin: DSN, method, path: `${BASE}${path}`, answer: guarded }
  }
  return [
    route('connect', 'POST', '/accounts', connect),
    route('checkpoint', 'POST', '/accounts/checkpoint', solveCheckpoint),
    route('resend', 'POST', '/accounts/checkpoint/resend', resendCheckpoint),
    route('accounts', 'GET', '/accounts', listAccounts),
    route('account', 'GET', '/accounts/:id', getAccount),
    route('reconnect', 'POST', '/accounts/:id', connect),
    route('delete', 'DELETE', '/accounts/:id', deleteAccount),
    route('restart', 'POST', '/accounts/:id/restart', restartAccount),
    route('sync', 'GET', '/accounts/:id/sync', syncAccount),
  ]
}
