import type { Answer, Ask } from '../../core/ask.ts'
import { type Html, html, page } from '../../core/page.ts'
import { playedAt } from '../../core/portrait.ts'
import { mediaOf } from '../api/post-view.ts'
import { attachedUrl } from '../media/attached.ts'
import { kindOf } from '../media/media.ts'
import { pictureUrl } from '../media/picture.ts'
import { MEDIA } from '../origins.ts'
import { type User, userNamed, userOf } from '../people/users.ts'
import type { World } from '../world.ts'
import { isLatest, type Post } from './post.ts'

export const STATUS_PATH = '/:username/status/:id'
export const PROFILE_PATH = '/:username'

const MARK = 'This is not X. Nothing here reaches a real account.'
const LABELS = { made_with_ai: 'Made with AI', paid_partnership: 'Paid partnership' }

const time = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
const path = (post: Post): string => `/${userOf(post.author)?.username}/status/${post.id}`

function who(world: World, user: User): Html {
  const picture = pictureUrl(user)
  return html`<p class="who">${picture && html`<img src="${playedAt(world.origins, picture)}" alt="">`}<span><span><strong>${user.name}</strong></span><span class="soft"><a href="/${user.username}">@${user.username}</a>${user.protected && ', protected: followers alone see this'}</span></span></p>`
}

function media(world: World, post: Post): Html[] {
  return mediaOf(world, post).map((one) => {
    const alt = one.alt ?? ''
    const said = one.alt === null ? 'no alt text' : `alt text: ${one.alt}`
    return html`<figure><img class="shown" src="${playedAt(world.origins, attachedUrl(one))}" alt="${alt}"><figcaption class="soft">${kindOf(one.category)}, ${said}</figcaption></figure>`
  })
}

function body(world: World, post: Post): Html {
  const target = world.state.posts.get(post.replyTo ?? '')
  const author = target && userOf(target.author)
  return html`${target && author && html`<p class="soft">Replying to <a href="${path(target)}">@${author.username}</a></p>`}<p class="text">${post.text}</p>${media(world, post)}
${post.poll !== null && html`<ul>${post.poll.options.map((option) => html`<li>${option}</li>`)}</ul>`}
<p class="soft"><a href="${path(post)}"><time datetime="${new Date(post.at).toISOString()}">${time(post.at)}</time></a>${post.versions.length > 1 && ', edited'}${post.labels.map((label) => `, ${LABELS[label]}`)}</p>`
}

const shown = (world: World, title: string, content: Html, status = 200): Answer =>
  page({ title, status, mark: MARK, images: world.origins[MEDIA] ?? "'none'", body: content })

const nothing = (world: World): Answer =>
  shown(world, 'Nothing here (simulated X)', html`<h1>Hmm...this page doesn’t exist.</h1>`, 404)

const replies = (world: World, post: Post): Html[] =>
  world.state.posts.all
    .filter((one) => one.replyTo === post.id && !one.deleted && isLatest(one))
    .flatMap((one) => {
      const author = userOf(one.author)
      return author ? [html`<article>${who(world, author)}${body(world, one)}</article>`] : []
    })

/** A post, by the address that a client makes of its id. X goes by the id: any name before it leads there. */
export function statusPage(world: World, ask: Ask): Answer {
  const post = world.state.posts.live(ask.params.id ?? '')
  const author = userOf(post?.author ?? '')
  if (!post || !author) return nothing(world)
  const below = replies(world, post)
  return shown(
    world,
    `${author.name} on X (simulated)`,
    html`<h1>Post</h1><article>${who(world, author)}${body(world, post)}</article>${below.length > 0 && html`<h2>Replies</h2>${below}`}`,
  )
}

const SHOWN = 50

export function profilePage(world: World, ask: Ask): Answer {
  const user = userNamed(ask.params.username ?? '')
  if (!user) return nothing(world)
  const posts = world.state.posts.of(user.key).filter((post) => !post.deleted && isLatest(post))
  const newest = posts.slice(-SHOWN).reverse()
  return shown(
    world,
    `${user.name} on X (simulated)`,
    html`<h1>${user.name}</h1>${who(world, user)}
${newest.length === 0 ? html`<p class="soft">Nothing posted yet.</p>` : newest.map((post) => html`<article>${body(world, post)}</article><hr>`)}`,
  )
}
