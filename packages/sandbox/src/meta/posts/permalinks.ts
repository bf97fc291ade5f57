import { WWW } from '../origins.ts'
import type { PageBook, Post, Video } from './book.ts'

/** Where people see a post. A video's is by the number of the video, the others' by that of the post. */
export function permalinkOf({ id, page, kind, video }: Post): string {
  const number = id.split('_')[1]
  switch (kind) {
    case 'post':
      return `${WWW}/${page}/posts/${number}`
    case 'video':
      return `${WWW}/${page}/videos/${video}/`
    case 'reel':
      return `${WWW}/reel/${video}/`
    case 'story':
      return `${WWW}/stories/${page}/${number}/`
  }
}

/** The address of a video, which is a path in Meta's own answers. */
export const videoPath = ({ id, page, kind }: Video): string =>
  kind === 'reel' ? `/reel/${id}/` : `/${page}/videos/${id}/`

/** Of a post, or of what a comment is on; undefined where there is neither. */
export function pagePermalink({ posts, comments }: PageBook, id: string): string | undefined {
  const post = posts.get(comments.get(id)?.post ?? id)
  return post && permalinkOf(post)
}
