import type { Answer, Ask } from '../core/ask.ts'
import type { Platform } from '../core/route.ts'
import { deadLinkPage } from './hosted/pages.ts'
import { hostedRoutes } from './hosted/routes.ts'
import { API, DSN, HOSTED } from './origins.ts'
import { notFound as notFoundV1, tooMany } from './v1/errors.ts'
import { v1Routes } from './v1/routes.ts'
import { notFound as notFoundV2 } from './v2/errors.ts'
import { v2Routes } from './v2/routes.ts'
import type { World } from './world.ts'

/** Each generation in its own words; whatever else is asked for is a link that leads nowhere. */
function unknownPath(ask: Ask): Answer {
  const what = `${ask.method} ${ask.path}`
  if (ask.path.startsWith('/v2/')) return notFoundV2(what)
  return ask.path.startsWith('/api/') ? notFoundV1(what) : deadLinkPage()
}

export function unipilePlatform(world: World): Platform {
  return {
    id: 'unipile',
    origins: [DSN, API, HOSTED],
    routes: [...v1Routes(world), ...v2Routes(world), ...hostedRoutes(world)],
    notFound: unknownPath,
    methodNotAllowed: unknownPath,
    throttled: () => tooMany(world.state.settings),
  }
}
