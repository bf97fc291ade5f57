import type { Ask } from '../core/ask.ts'
import type { Route } from '../core/route.ts'
import { passGate, type Resource } from './api/gate.ts'
import { isTunnelled } from './api/restli.ts'
import { createComment, deleteComment, listComments } from './comments/comments.ts'
import { assetStatus, registerUpload } from './legacy/assets.ts'
import { createUgcPost } from './legacy/ugc-posts.ts'
import { DOWNLOAD_PATH, download } from './media/download.ts'
import { API, MEDIA, WWW } from './origins.ts'
import { deletePost, updatePost } from './posts/change.ts'
import { createPost } from './posts/create.ts'
import { PERMALINK_PATH, postPage } from './posts/page.ts'
import { listPosts, readPost } from './posts/read.ts'
import { initializeUpload, UPLOAD_ROOT } from './uploads/initialize.ts'
import { putWhole } from './uploads/put.ts'
import { mediumStatus } from './uploads/status.ts'
import { postCaptions, putThumbnail } from './uploads/video-extras.ts'
import { putPart } from './uploads/video-parts.ts'
import { finalizeVideo, initializeVideo } from './uploads/videos.ts'
import type { World } from './world.ts'

const MIB = 1024 * 1024
/** A multi-image post with twenty long alternative texts fits. */
const POST_BODY = 256 * 1024
/** No limit is documented for pictures; for documents it is this (Microsoft Learn: documents-api). */
const WHOLE = 100 * MIB
/** More than a part may be, so that a part of the wrong size is taken, and found out when the parts are joined. */
const PART = 32 * MIB
/** Microsoft Learn: vector-asset-api. */
const ASSET_VIDEO = 200 * MIB

type Serve = (world: World, ask: Ask) => ReturnType<Route['answer']>

/** Everything about posts and the files in them: the API, the hosts that take uploads, and the page of a post. */
export function publishingRoutes(world: World): Route[] {
  const api = (name: string, method: Route['method'], path: string, resource: Resource, action?: string): Route => {
    const gate = { endpoint: `linkedin.${name}`, versioned: path.startsWith('/rest/'), writes: true }
    return {
      ...{ endpoint: gate.endpoint, origin: API, method, path, maxBody: POST_BODY },
      ...(action !== undefined && { action }),
      answer: (ask) => passGate(world, ask, gate, resource),
    }
  }
  const host = (
    name: string,
    origin: string,
    method: Route['method'],
    path: string,
    serve: Serve,
    maxBody = WHOLE,
  ) => ({
    ...{ endpoint: `linkedin.${name}`, origin, method, path, maxBody },
    answer: (ask: Ask) => serve(world, ask),
  })
  const upload = (name: string, method: 'PUT' | 'POST', path: string, serve: Serve, maxBody?: number): Route =>
    host(name, WWW, method, `${UPLOAD_ROOT}/${path}`, serve, maxBody)
  // A query that is tunnelled comes by POST to the address that creates.
  const createOrList: Resource = (...given) => (isTunnelled(given[2]) ? listPosts : createPost)(...given)
  return [
    api('post-create', 'POST', '/rest/posts', createOrList),
    api('posts', 'GET', '/rest/posts', listPosts),
    api('post', 'GET', '/rest/posts/:urn', readPost),
    api('post-update', 'POST', '/rest/posts/:urn', updatePost),
    api('post-delete', 'DELETE', '/rest/posts/:urn', deletePost),
    api('image-init', 'POST', '/rest/images', initializeUpload('image'), 'initializeUpload'),
    api('image', 'GET', '/rest/images/:urn', mediumStatus('image')),
    api('document-init', 'POST', '/rest/documents', initializeUpload('document'), 'initializeUpload'),
    api('document', 'GET', '/rest/documents/:urn', mediumStatus('document')),
    api('video-init', 'POST', '/rest/videos', initializeVideo, 'initializeUpload'),
    api('video-finalize', 'POST', '/rest/videos', finalizeVideo, 'finalizeUpload'),
    api('video', 'GET', '/rest/videos/:urn', mediumStatus('video')),
    upload('image-put', 'PUT', 'image/:key/:part', (_, ask) => putWhole(world, ask, 'image')),
    upload('document-put', 'PUT', 'document/:key/:part', (_, ask) => putWhole(world, ask, 'document')),
    upload('video-thumbnail', 'PUT', 'video/:key/thumbnail', putThumbnail),
    upload('video-captions', 'POST', 'video/:key/captions', postCaptions),
    upload('video-put', 'PUT', 'video/:key/:part', putPart, PART),
    api('comment-create', 'POST', '/rest/socialActions/:urn/comments', createComment),
    api('comments', 'GET', '/rest/socialActions/:urn/comments', listComments),
    api('comment-delete', 'DELETE', '/rest/socialActions/:urn/comments/:id', deleteComment),
    api('ugc-create', 'POST', '/v2/ugcPosts', createUgcPost),
    api('asset-register', 'POST', '/v2/assets', registerUpload, 'registerUpload'),
    api('asset', 'GET', '/v2/assets/:id', assetStatus),
    upload('asset-put', 'PUT', 'image-asset/:key/:part', (_, ask) => putWhole(world, ask, 'image')),
    upload('asset-put', 'PUT', 'video-asset/:key/:part', (_, ask) => putWhole(world, ask, 'video'), ASSET_VIDEO),
    host('permalink', WWW, 'GET', PERMALINK_PATH, postPage),
    host('permalink', WWW, 'GET', `${PERMALINK_PATH}/`, postPage),
    host('download', MEDIA, 'GET', DOWNLOAD_PATH, download),
  ]
}
