/** A post at its permalink, as a person who clicks it sees it. */
import type { Answer, Ask } from '../../core/ask.ts'
import { type Html, html, page } from '../../core/page.ts'
import { playedAt } from '../../core/portrait.ts'
import { moment, shown } from '../../graph/media/shown.ts'
import { NOT_FACEBOOK } from '../oauth/page.ts'
import { MEDIA } from '../origins.ts'
import { pageOf } from '../people/pages.ts'
import type { World } from '../world.ts'
import { isSeen, type Post } from './book.ts'
import { photoUrl } from './nodes.ts'

const nameOf = (id: string): string => pageOf(id)?.name ?? id

function files({ state, origins }: World, post: Post): Html[] {
  const photos = post.photos.flatMap((id) => state.pages.photos.get(id) ?? [])
  const video = state.pages.videos.get(post.video ?? '')?.file
  return [
    ...photos.map((photo) => shown(photo.file, playedAt(origins, photoUrl(photo)), photo.alt)),
    ...(video ? [shown(video, '', null)] : []),
  ]
}

function whole(world: World, post: Post): Html {
  const said = [...world.state.pages.comments.values()].filter((one) => one.post === post.id && !one.deleted)
  return html`<h1>${nameOf(post.page)}</h1>
<p class="soft">${moment(post.at ?? post.createdAt)}${post.editedAt !== null && ', edited'} · ${post.kind}</p>
<p class="text">${post.message}</p>
${files(world, post)}${post.link !== null && html`<p><a href="${post.link}" rel="noreferrer">${post.link}</a></p>`}
${said.length > 0 && html`<h2>Comments</h2><ul>${said.map((one) => html`<li><strong>${nameOf(one.page)}</strong> <span class="text">${one.message}</span></li>`)}</ul>`}
<p class="soft"><code>${post.id}</code></p>`
}

/** By the number of the post, or of the video that it shows. */
export function postPage(world: World, ask: Ask): Answer {
  const number = ask.params.number ?? ''
  const { posts } = world.state.pages
  const found = [...posts.values()].find(({ id, video }) => id.endsWith(`_${number}`) || video === number)
  const mark = NOT_FACEBOOK
  if (!found || !isSeen(found, world.clock.now())) {
    const body = html`<h1>This content isn't available right now</h1><p>It was deleted, it is not published, or it never was.</p>`
    return page({ title: 'No such post (simulated Facebook)', status: 404, mark, body })
  }
  const title = `${nameOf(found.page)} (simulated Facebook)`
  return page({ title, mark, images: world.origins[MEDIA] ?? "'none'", body: whole(world, found) })
}
