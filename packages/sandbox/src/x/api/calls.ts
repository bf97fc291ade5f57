import type { Route } from '../../core/route.ts'
import { API } from '../origins.ts'
import { APPEND, APPEND_BODY, append } from '../upload/append.ts'
import { FINALIZE, finalize } from '../upload/finalize.ts'
import { INITIALIZE, initialize } from '../upload/initialize.ts'
import { METADATA, metadata } from '../upload/metadata.ts'
import { UPLOAD, upload } from '../upload/one-shot.ts'
import { STATUS, status } from '../upload/status.ts'
import type { World } from '../world.ts'
import { CREATE, create } from './create.ts'
import { DELETE, remove } from './delete.ts'
import { type Gate, passGate, type Resource } from './gate.ts'
import { ME, me } from './me.ts'
import { POST, POSTS, post, posts } from './posts.ts'
import { TIMELINE, timeline } from './timeline.ts'

type Call = [method: Route['method'], path: string, gate: Gate, resource: Resource, maxBody?: number]

/** 25,000 characters of four bytes each, escaped as JSON may. */
const POST_BODY = 512 * 1024

const CALLS: readonly Call[] = [
  ['GET', '/2/users/me', ME, me],
  ['GET', '/2/users/:id/tweets', TIMELINE, timeline],
  ['POST', '/2/tweets', CREATE, create, POST_BODY],
  ['GET', '/2/tweets', POSTS, posts],
  ['GET', '/2/tweets/:id', POST, post],
  ['DELETE', '/2/tweets/:id', DELETE, remove],
  ['POST', '/2/media/upload', UPLOAD, upload, APPEND_BODY],
  ['GET', '/2/media/upload', STATUS, status],
  ['POST', '/2/media/upload/initialize', INITIALIZE, initialize],
  ['POST', '/2/media/upload/:id/append', APPEND, append, APPEND_BODY],
  ['POST', '/2/media/upload/:id/finalize', FINALIZE, finalize],
  ['POST', '/2/media/metadata', METADATA, metadata],
]

/** Their names, for whatever is set for one of them. */
export const ENDPOINTS = CALLS.map(([, , { endpoint }]) => endpoint)

/** Every call that carries a token. */
export const apiRoutes = (world: World): Route[] =>
  CALLS.map(([method, path, gate, resource, maxBody]) => ({
    ...{ endpoint: gate.endpoint, origin: API, method, path },
    ...(maxBody !== undefined && { maxBody }),
    answer: (ask) => passGate(world, ask, gate, resource),
  }))
