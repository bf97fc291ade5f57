import type { Route } from '../../core/route.ts'
import { HOSTED } from '../origins.ts'
import type { World } from '../world.ts'
import { openHosted, stepHosted } from './steps.ts'

export function hostedRoutes(world: World): Route[] {
  const shared = { origin: HOSTED, path: '/:token{[A-Za-z0-9_-]{48}}', secretPath: true, head: false }
  return [
    { ...shared, endpoint: 'unipile.hosted', method: 'GET', answer: (ask) => openHosted(world, ask) },
    { ...shared, endpoint: 'unipile.hosted-step', method: 'POST', answer: (ask) => stepHosted(world, ask) },
  ]
}
