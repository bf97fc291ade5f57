import type { Platform, Route } from '../core/route.ts'
import { API, DSN, HOSTED } from './origins.ts'
import { failed, tooMany } from './v1/errors.ts'
import { v1Routes } from './v1/routes.ts'
import type { World } from './world.ts'

export function unipilePlatform(world: World): Platform {
  const routes: Route[] = [...v1Routes(world)]
  return {
    id: 'unipile',
    origins: [DSN, API, HOSTED],
    routes,
    notFound: (ask) => failed('resource_not_found', `Cannot ${ask.method} ${ask.path}`),
    methodNotAllowed: (ask) => failed('resource_not_found', `Cannot ${ask.method} ${ask.path}`),
    throttled: () => tooMany(world.state.settings),
  }
}
