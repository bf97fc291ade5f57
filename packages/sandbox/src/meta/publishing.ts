import type { Answer, Ask } from '../core/ask.ts'
import type { Route } from '../core/route.ts'
import { refused, SUBCODES, type Subcode } from '../graph/instagram/errors.ts'
import { mediaPage } from '../graph/instagram/page.ts'
import { FILE_PATH, fileAt } from '../graph/media/file.ts'
import { takeTold } from '../graph/told.ts'
import { node } from './api/edges.ts'
import { passGate, type Resource } from './api/gate.ts'
import type { Publishing } from './endpoints.ts'
import {
  commentMedia,
  createMedia,
  limit,
  listMedia,
  mediaComments,
  publishMedia,
  uploadContainer,
} from './instagram/edges.ts'
import { MARK } from './instagram/stage.ts'
import { NOT_FACEBOOK } from './oauth/page.ts'
import { GRAPH, INSTAGRAM_WWW, MEDIA, RUPLOAD, WWW } from './origins.ts'
import { usernameOf } from './people/pages.ts'
import { editPost, remove } from './posts/change.ts'
import { comment, comments } from './posts/comments.ts'
import { postToFeed } from './posts/feed.ts'
import { posts, scheduledPosts, videos } from './posts/lists.ts'
import { postPage } from './posts/page.ts'
import { postPhoto } from './posts/photos.ts'
import { mayNotPostVideo, pageRefused } from './posts/refusals.ts'
import type { Refusal } from './state.ts'
import { postVideo } from './videos/page-video.ts'
import { phases, photoStory } from './videos/reels.ts'
import { uploadReel } from './videos/rupload.ts'
import type { World } from './world.ts'

const VERSION = '/:version{v[0-9]+\\.[0-9]+}'
const ID = '/:id{[0-9]+}'
const POST_ID = '/:id{[0-9]+_[0-9]+}'

/** A message of 63,206 characters, percent-encoded, fits. */
const TEXT_BODY = 1024 * 1024
/** More than a photo may be, so that one that is too large is refused with its own error. */
const PHOTO_BODY = 16 * 1024 * 1024
/** A video that is sent whole in a form, or a chunk of one. */
const VIDEO_BODY = 64 * 1024 * 1024

const isInstagram = (is: Refusal): is is Subcode => (SUBCODES as readonly unknown[]).includes(is)

function toldAnswer(is: Refusal): Answer {
  if (is === 'no-video-permission') return mayNotPostVideo()
  return isInstagram(is) ? refused(is, '') : pageRefused(is)
}

/** Everything about posts and the files in them: Pages, and the Instagram accounts behind them. */
export function publishingRoutes(world: World): Route[] {
  const { state } = world
  const gated = (
    name: Publishing,
    method: Route['method'],
    path: string,
    resource: Resource,
    maxBody = TEXT_BODY,
  ): Route[] =>
    [`${VERSION}${path}`, path].map((one) => {
      const endpoint = `meta.${name}`
      const judge: Resource = (...given) => takeTold(state.refusals, endpoint, toldAnswer) ?? resource(...given)
      return {
        ...{ endpoint, origin: GRAPH, method, path: one, maxBody },
        answer: (ask: Ask) => passGate(world, ask, judge, true),
      }
    })
  /** Under the Page's id, and under `me` with its token. */
  const ofPage = (
    name: Publishing,
    method: Route['method'],
    edge: string,
    resource: Resource,
    maxBody?: number,
  ): Route[] => ['/me', ID].flatMap((whose) => gated(name, method, `${whose}/${edge}`, resource, maxBody))
  const upload = (name: string, root: string, answer: (world: World, ask: Ask) => Promise<Answer>): Route[] =>
    [`/${root}${VERSION}${ID}`, `/${root}${ID}`].map((path) => ({
      ...{ endpoint: `meta.${name}`, origin: RUPLOAD, method: 'POST', path, streams: true },
      answer: (ask) => answer(world, ask),
    }))
  return [
    ...ofPage('post', 'POST', 'feed', postToFeed),
    ...ofPage('photo', 'POST', 'photos', postPhoto, PHOTO_BODY),
    ...ofPage('video', 'POST', 'videos', postVideo, VIDEO_BODY),
    ...ofPage('reel', 'POST', 'video_reels', phases('reel')),
    ...ofPage('video-story', 'POST', 'video_stories', phases('story')),
    ...ofPage('photo-story', 'POST', 'photo_stories', photoStory),
    ...gated('comment', 'POST', `${POST_ID}/comments`, comment),
    ...gated('edit', 'POST', POST_ID, editPost),
    ...gated('delete', 'DELETE', POST_ID, remove),
    ...gated('delete', 'DELETE', ID, remove),
    ...ofPage('posts', 'GET', 'feed', posts('feed')),
    ...ofPage('posts', 'GET', 'posts', posts('posts')),
    ...ofPage('posts', 'GET', 'published_posts', posts('published_posts')),
    ...ofPage('scheduled-posts', 'GET', 'scheduled_posts', scheduledPosts),
    ...ofPage('videos', 'GET', 'videos', videos('videos')),
    ...ofPage('videos', 'GET', 'video_reels', videos('video_reels')),
    ...gated('comments', 'GET', `${POST_ID}/comments`, comments),
    ...gated('node', 'GET', POST_ID, node),
    ...upload('video-upload', 'video-upload', uploadReel),
    ...gated('ig-container', 'POST', `${ID}/media`, createMedia),
    ...gated('ig-publish', 'POST', `${ID}/media_publish`, publishMedia),
    ...gated('ig-limit', 'GET', `${ID}/content_publishing_limit`, limit),
    ...gated('ig-media', 'GET', `${ID}/media`, listMedia('media')),
    ...gated('ig-stories', 'GET', `${ID}/stories`, listMedia('stories')),
    ...gated('ig-comment', 'POST', `${ID}/comments`, commentMedia),
    ...gated('ig-comments', 'GET', `${ID}/comments`, mediaComments),
    ...upload('ig-upload', 'ig-api-upload', uploadContainer),
    ...pages(world),
  ]
}

/** What people look at. */
function pages(world: World): Route[] {
  const { state, clock, origins } = world
  const at = (origin: string, path: string, answer: Route['answer']): Route[] =>
    [path, `${path}/`].map((one) => ({ endpoint: 'meta.permalink', origin, method: 'GET', path: one, answer }))
  const instagram = (which: (ask: Ask) => Parameters<typeof mediaPage>[1]) => (ask: Ask) =>
    mediaPage(
      {
        ...{ book: state.instagram, now: clock.now(), files: MEDIA, origins, mark: NOT_FACEBOOK },
        usernameOf,
      },
      which(ask),
    )
  const byCode = instagram((ask) => (media) => media.shortcode === ask.params.code)
  const code = `/:code{D${MARK.letter}[A-Za-z0-9_-]+}`
  const isKnown = (sha256: string): boolean =>
    [...state.pages.photos.values(), ...state.pages.videos.values(), ...state.instagram.containers.values()].some(
      ({ file }) => file?.sha256 === sha256,
    )
  return [
    ...at(WWW, '/:page{[0-9]+}/posts/:number{[0-9]+}', (ask) => postPage(world, ask)),
    ...at(WWW, '/:page{[0-9]+}/videos/:number{[0-9]+}', (ask) => postPage(world, ask)),
    ...at(WWW, '/reel/:number{[0-9]+}', (ask) => postPage(world, ask)),
    ...at(WWW, '/stories/:page{[0-9]+}/:number{[0-9]+}', (ask) => postPage(world, ask)),
    ...at(INSTAGRAM_WWW, `/p${code}`, byCode),
    ...at(INSTAGRAM_WWW, `/reel${code}`, byCode),
    ...at(
      INSTAGRAM_WWW,
      `/stories/:name/:number{18${MARK.digit}[0-9]+}`,
      instagram(
        (ask) =>
          ({ id, type }) =>
            type === 'STORIES' && id === ask.params.number,
      ),
    ),
    {
      ...{ endpoint: 'meta.file', origin: MEDIA, method: 'GET', path: FILE_PATH },
      answer: (ask) => fileAt([state.pages.pictures, state.instagram.pictures], isKnown, ask),
    },
  ]
}
