import { json } from '../../core/answer.ts'
import { type Answer, field } from '../../core/ask.ts'
import { derived } from '../../core/ids.ts'
import { badParameter } from '../errors.ts'
import { type Actor, childrenIn, nextId, publishedSince, type Stage } from './book.ts'
import { type Container, DAY_MS, type Media, statusOf } from './container.ts'
import { refused } from './errors.ts'

/** `POST /{account}/media_publish`. One container becomes one media, however often this is asked. */
export function publish(stage: Stage, actor: Actor, params: URLSearchParams): Answer {
  const { book, settings, now } = stage
  const id = field(params, 'creation_id')
  if (id === undefined) return badParameter('The parameter creation_id is required.')
  const container = book.containers.get(id)
  if (!container || container.account !== actor.account) return refused(2207008, id)
  if (container.item) return badParameter('Carousel items cannot be published on their own')
  const { status } = statusOf(container, childrenIn(book), now)
  if (container.published)
    return settings.publishedAgain === 'same' ? json(200, { id: container.published.media }) : refused(2207027)
  if (status === 'EXPIRED') return refused(2207020)
  if (status !== 'FINISHED') return refused(2207027)
  if (publishedSince(book, actor.account, now - DAY_MS) >= settings.postsPerDay) return refused(2207042)
  return json(200, { id: become(stage, container).id })
}

function become(stage: Stage, container: Container): Media {
  const { book, now, mark } = stage
  const id = nextId(stage, '18')
  const children = childrenIn(book)(container).flatMap(({ id: of, alt, file }) =>
    file ? [{ id: nextId(stage, '18'), container: of, alt, file }] : [],
  )
  const { account, clientId, type, caption, alt, file } = container
  const media: Media = {
    ...{ id, account, clientId, type, caption, alt, file, children, at: now },
    shortcode: `D${mark.letter}${derived(9, 'shortcode', id)}`,
    container: container.id,
  }
  book.media.set(id, media)
  container.published = { media: id, at: now }
  return media
}

/** `GET /{account}/content_publishing_limit`. */
export function publishingLimit({ book, settings, now }: Stage, { account }: Actor, params: URLSearchParams): Answer {
  const asked = (field(params, 'fields') ?? 'quota_usage').split(',').map((one) => one.trim())
  const unknown = asked.find((one) => !['quota_usage', 'config'].includes(one))
  if (unknown !== undefined)
    return badParameter(`Tried accessing nonexisting field (${unknown}) on node type (ContentPublishingLimit)`)
  const line = {
    ...(asked.includes('quota_usage') && { quota_usage: publishedSince(book, account, now - DAY_MS) }),
    ...(asked.includes('config') && { config: { quota_total: settings.postsPerDay, quota_duration: DAY_MS / 1000 } }),
  }
  return json(200, { data: [line] })
}
