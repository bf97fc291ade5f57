import type { Answer, Ask } from '../../core/ask.ts'
import { type Html, html, page } from '../../core/page.ts'
import { playedAt } from '../../core/portrait.ts'
import { downloadUrl } from '../media/download.ts'
import { NOT_LINKEDIN } from '../oauth/consent-page.ts'
import { MEDIA, WWW } from '../origins.ts'
import type { World } from '../world.ts'
import { authorName } from './author.ts'
import { livePost, type Post, type PostMedia } from './post.ts'

export const PERMALINK_PATH = '/feed/update/:urn'

/** Comments have no page of their own. */
export const permalink = (urn: string): string | undefined =>
  urn.startsWith('urn:li:comment:') ? undefined : `${WWW}/feed/update/${urn}/`

const time = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`

function file(world: World, { urn, kind, alt, title }: PostMedia): Html {
  const medium = world.state.media.get(urn)
  const address = medium ? playedAt(world.origins, downloadUrl(world, medium).downloadUrl) : ''
  if (kind === 'image') return html`<p><img class="shown" src="${address}" alt="${alt ?? ''}"></p>`
  return html`<p>${kind === 'video' ? 'Video' : 'Document'}: <a href="${address}">${title ?? urn}</a></p>`
}

function more({ content, link }: Post): Html {
  const { article, poll } = (content ?? {}) as { article?: { title: string }; poll?: Poll }
  if (poll) return html`<h2>${poll.question}</h2><ul>${poll.options.map(({ text }) => html`<li>${text}</li>`)}</ul>`
  return link === null ? html`` : html`<p><a href="${link}" rel="noreferrer">${article?.title || link}</a></p>`
}

interface Poll {
  question: string
  options: { text: string }[]
}

function whole(world: World, post: Post): Html {
  const said = [...world.state.comments.values()].filter((one) => one.post === post.urn && !one.deleted)
  return html`<h1>${authorName(post.author)}</h1>
<p class="soft">${time(post.createdAt)}${post.edited && ', edited'} · ${post.visibility}</p>
<p class="text">${post.text}</p>
${post.media.map((one) => file(world, one))}${more(post)}
${post.reshareOf !== null && html`<p>Shared: <a href="/feed/update/${post.reshareOf}/">${post.reshareOf}</a></p>`}
${said.length > 0 && html`<h2>Comments</h2><ul>${said.map((one) => html`<li><strong>${authorName(one.actor)}</strong> <span class="text">${one.text}</span></li>`)}</ul>`}
<p class="soft"><code>${post.urn}</code></p>`
}

/** A post at its permalink, as a person who clicks it sees it. */
export function postPage(world: World, ask: Ask): Answer {
  const post = livePost(world.state, ask.params.urn ?? '')
  const mark = NOT_LINKEDIN
  if (!post) {
    const body = html`<h1>This post cannot be displayed</h1><p>It was deleted, or it never was.</p>`
    return page({ title: 'No such post (simulated LinkedIn)', status: 404, mark, body })
  }
  return page({
    title: `${authorName(post.author)} (simulated LinkedIn)`,
    mark,
    images: world.origins[MEDIA] ?? "'none'",
    body: whole(world, post),
  })
}
