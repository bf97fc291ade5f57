/** A post at its permalink, as a person who clicks it sees it. */
import type { Answer } from '../../core/ask.ts'
import { html, page } from '../../core/page.ts'
import { playedAt } from '../../core/portrait.ts'
import { moment, shown } from '../media/shown.ts'
import type { Book } from './book.ts'
import type { Media } from './container.ts'
import { fileUrl, isShown } from './read.ts'

export interface Viewed {
  book: Book
  now: number
  files: string
  origins: Readonly<Record<string, string>>
  /** What the mark at the top says. */
  mark: string
  usernameOf(account: string): string
}

/** `which`: by its shortcode, or a story by its id. */
export function mediaPage(on: Viewed, which: (media: Media) => boolean): Answer {
  const media = [...on.book.media.values()].find((one) => which(one) && isShown(one, on.now))
  if (!media) {
    const body = html`<h1>Sorry, this page isn't available.</h1><p>The link may be broken, or the page may have been removed.</p>`
    return page({ title: 'Page not found (simulated Instagram)', status: 404, mark: on.mark, body })
  }
  const files = media.file ? [{ file: media.file, alt: media.alt }] : media.children
  const said = [...on.book.comments.values()].filter((one) => one.media === media.id)
  const name = on.usernameOf(media.account)
  return page({
    title: `${name} (simulated Instagram)`,
    mark: on.mark,
    images: on.origins[on.files] ?? "'none'",
    body: html`<h1>${name}</h1>
<p class="soft">${moment(media.at)} · ${media.type.toLowerCase()}</p>
${files.map(({ file, alt }) => shown(file, playedAt(on.origins, fileUrl(on, file)), alt))}
<p class="text">${media.caption}</p>
${said.length > 0 && html`<h2>Comments</h2><ul>${said.map((one) => html`<li><strong>${on.usernameOf(one.account)}</strong> <span class="text">${one.text}</span></li>`)}</ul>`}
<p class="soft"><code>${media.id}</code></p>`,
  })
}
