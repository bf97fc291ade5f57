import type { Ask } from '../../core/ask.ts'
import type { Route } from '../../core/route.ts'
import { refused } from '../../graph/instagram/errors.ts'
import { mediaPage } from '../../graph/instagram/page.ts'
import { FILE_PATH, fileAt } from '../../graph/media/file.ts'
import { takeTold } from '../../graph/told.ts'
import { passGate, type Resource } from '../api/gate.ts'
import { NOT_INSTAGRAM } from '../oauth/page.ts'
import { GRAPH, MEDIA, WWW } from '../origins.ts'
import { usernameOf } from '../people/accounts.ts'
import type { World } from '../world.ts'
import { commentMedia, createMedia, limit, listMedia, MARK, mediaComments, publishMedia } from './edges.ts'
import type { Publishing } from './endpoints.ts'

const VERSION = '/:version{v[0-9]+\\.[0-9]+}'
const MEDIA_ID = '/:id{[0-9]+}'
/** A caption of 2200 characters and as long an address, percent-encoded, fit. */
const BODY = 256 * 1024

export function publishingRoutes(world: World): Route[] {
  const gated = (name: Publishing, method: Route['method'], path: string, resource: Resource): Route[] =>
    [`${VERSION}${path}`, path].map((one) => {
      const endpoint = `instagram.${name}`
      const judge: Resource = (...given) => takeTold(world.state.refusals, endpoint, refused) ?? resource(...given)
      return {
        ...{ endpoint, origin: GRAPH, method, path: one, maxBody: BODY },
        answer: (ask: Ask) => passGate(world, ask, judge),
      }
    })
  /** Under the account's id, and under `me`. */
  const own = (name: Publishing, method: Route['method'], path: string, resource: Resource): Route[] =>
    ['/me', '/:account{[0-9]+}'].flatMap((whose) => gated(name, method, `${whose}/${path}`, resource))
  return [
    ...own('container', 'POST', 'media', createMedia),
    ...own('publish', 'POST', 'media_publish', publishMedia),
    ...own('limit', 'GET', 'content_publishing_limit', limit),
    ...own('media', 'GET', 'media', listMedia('media')),
    ...own('stories', 'GET', 'stories', listMedia('stories')),
    ...gated('comment', 'POST', `${MEDIA_ID}/comments`, commentMedia),
    ...gated('comments', 'GET', `${MEDIA_ID}/comments`, mediaComments),
    ...pages(world),
  ]
}

/** What people look at. */
function pages({ state, clock, origins }: World): Route[] {
  const at = (path: string, which: (ask: Ask) => Parameters<typeof mediaPage>[1]): Route[] =>
    [path, `${path}/`].map((one) => ({
      ...{ endpoint: 'instagram.permalink', origin: WWW, method: 'GET', path: one },
      answer: (ask) =>
        mediaPage(
          {
            ...{ book: state.book, now: clock.now(), files: MEDIA, origins, mark: NOT_INSTAGRAM },
            usernameOf,
          },
          which(ask),
        ),
    }))
  const code = `/:code{D${MARK.letter}[A-Za-z0-9_-]+}`
  const isKnown = (sha256: string): boolean =>
    [...state.book.containers.values()].some(({ file }) => file?.sha256 === sha256)
  return [
    ...at(`/p${code}`, (ask) => (media) => media.shortcode === ask.params.code),
    ...at(`/reel${code}`, (ask) => (media) => media.shortcode === ask.params.code),
    ...at(
      `/stories/:name/:number{18${MARK.digit}[0-9]+}`,
      (ask) =>
        ({ id, type }) =>
          type === 'STORIES' && id === ask.params.number,
    ),
    {
      ...{ endpoint: 'instagram.file', origin: MEDIA, method: 'GET', path: FILE_PATH },
      answer: (ask) => fileAt([state.book.pictures], isKnown, ask),
    },
  ]
}
