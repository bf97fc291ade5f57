/** How posts go out by a Page's token: to the Page, and to the Instagram account behind it. */
import type { PublishAs, Publisher, Removal } from '../../../provider-publishing.ts'
import { apiCode } from '../errors.ts'
import { graph } from '../graph.ts'
import { mediaFrom, postFrom } from './addresses.ts'
import { get } from './calls.ts'
import { containersOf } from './containers/index.ts'
import { judge } from './judging.ts'
import { PAGE_QUOTAS, usage } from './limits.ts'
import { pageCheck, pageFit } from './page-check.ts'
import { features } from './page-features.ts'
import { pageReadBack } from './page-read-back.ts'
import { pageNext } from './page-steps.ts'
import { UPLOADS } from './page-upload.ts'

const gram = containersOf({
  url: ({ settings }, path) => graph(settings, path),
  scopes: { publish: 'instagram_content_publish', comment: 'instagram_manage_comments' },
  resumable: true,
  judge,
})

const isPage = ({ account }: PublishAs): boolean => account.kind === 'page'

/** 100/33: there is no such object, or the permission is missing. */
const removal = (id: string, { settings }: PublishAs): Removal => ({
  request: { method: 'DELETE', url: graph(settings, id) },
  endpoint: 'DELETE /post',
  gone: (answer) => answer.status === 404 || apiCode(answer) === '100/33',
  look: get(graph(settings, `${id}?fields=id`)),
})

export const publishing: Publisher = {
  kinds: ['page', 'instagram'],
  sharedKinds: ['instagram'],
  uploadOrigins: [UPLOADS],
  features: (as) => (isPage(as) ? features : gram.features()),
  check: (content, as) => (isPage(as) ? pageCheck(content, as) : gram.check(content, as)),
  fit: (media, content, as) => (isPage(as) ? pageFit(media, content, as) : gram.fit(media, content, as)),
  next: (content, as, progress, now) =>
    isPage(as) ? pageNext(content, as, progress, now) : gram.next(content, as, progress, now),
  judge,
  readBack: (content, as, progress, attempt) =>
    isPage(as) ? pageReadBack(content, as, progress, attempt) : gram.readBack(content, as, progress, attempt),
  remove: (id, as) => (isPage(as) && id !== '' ? [removal(id, as)] : []),
  idFrom: (pasted) => postFrom(pasted) ?? mediaFrom(pasted),
  usage,
  quotas: (as) => (isPage(as) ? PAGE_QUOTAS : gram.quotas(as)),
}
