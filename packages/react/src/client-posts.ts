/** One function for each operation of publishing. */
import type { Page } from './api.ts'
import type * as api from './api-posts.ts'
import { type Call, withQuery } from './client.ts'

const at = (path: string, id: string, rest = '') => `${path}/${encodeURIComponent(id)}${rest}`

/** `idempotencyKey`: the same key with the same body is carried out once, whatever is lost on the way. */
export function postCalls(call: Call) {
  const keyed = (key: string) => ({ 'Idempotency-Key': key })
  return {
    targets: () => call<Page<api.PublishTarget>>('GET', '/publishing/targets').then(({ data }) => data),
    settings: () => call<api.PublishingSettings>('GET', '/publishing/settings'),
    changeSettings: (to: Partial<api.PublishingSettings>) =>
      call<api.PublishingSettings>('PATCH', '/publishing/settings', to),
    nextSlots: () => call<api.NextSlots>('GET', '/publishing/next-slots'),
    budgets: () => call<Page<api.Budget>>('GET', '/publishing/budgets').then(({ data }) => data),
    validate: (post: Pick<api.NewPost, 'content' | 'targets'>) => call<api.PostCheck>('POST', '/posts/validate', post),
    dryRun: (post: Pick<api.NewPost, 'content' | 'targets'>) => call<api.DryRun>('POST', '/posts/dry-run', post),
    page: ({ limit, ...filter }: api.PostFilter) =>
      call<api.PostPage>(
        'GET',
        withQuery('/posts', { ...filter, limit: limit === undefined ? undefined : String(limit) }),
      ),
    get: (id: string) => call<api.Post>('GET', at('/posts', id)),
    create: (post: api.NewPost, idempotencyKey: string) =>
      call<api.Post>('POST', '/posts', post, undefined, keyed(idempotencyKey)),
    /** 409 `stale_write` where somebody else changed it meanwhile. */
    change: (id: string, to: api.ChangePost) => call<api.Post>('PATCH', at('/posts', id), to),
    /** When it goes out, or not any more: `draft` takes it back. Accounts with an error stay behind, the rest goes. */
    schedule: (id: string, when: api.When, version: number, idempotencyKey: string) =>
      call<api.Post>('POST', at('/posts', id, '/schedule'), { when, version }, undefined, keyed(idempotencyKey)),
    duplicate: (id: string) => call<api.Post>('POST', at('/posts', id, '/duplicate'), {}),
    /** Of a draft or of what has not begun. */
    remove: (id: string) => call<void>('DELETE', at('/posts', id)),
    delivery: (id: string) => call<api.DeliveryDetail>('GET', at('/deliveries', id)),
    retry: (id: string) => call<api.Delivery>('POST', at('/deliveries', id, '/retry'), {}),
    /** Of an unknown one, by a person who looked. */
    confirm: (id: string, seen: { live: true; url?: string | undefined } | { live: false }) =>
      call<api.Delivery>('POST', at('/deliveries', id, '/confirm'), seen),
    cancel: (id: string) => call<api.Delivery>('POST', at('/deliveries', id, '/cancel'), {}),
    /** Takes it away at the platform. */
    takeDown: (id: string) => call<api.Delivery>('POST', at('/deliveries', id, '/remove'), {}),
    previewLink: (url: string) => call<api.LinkPreview>('POST', '/links/preview', { url }),
    media: {
      page: (cursor?: string) => call<Page<api.MediaItem>>('GET', withQuery('/media', { cursor })),
      get: (id: string) => call<api.MediaItem>('GET', at('/media', id)),
      remove: (id: string) => call<void>('DELETE', at('/media', id)),
    },
  }
}
