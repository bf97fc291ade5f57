/** Addresses of posts on Facebook and Instagram, and the ids in them. */
import type { Publisher } from '../../../provider-publishing.ts'

type Found = ReturnType<NonNullable<Publisher['idFrom']>>

export const permalink = (id: string): string => `https://www.facebook.com/${id}`

const PAGE_POST = /^\d{3,}_\d{3,}$/

/** Facebook's newer addresses (`pfbid…`) and a share's have no id that the API takes. */
export function postFrom(pasted: string): Found {
  if (PAGE_POST.test(pasted)) return { id: pasted, url: permalink(pasted) }
  const url = hostedBy(pasted, 'facebook.com')
  if (!url || url.pathname === '/') return undefined
  const { pathname: path, searchParams: query } = url
  const whole = /^\/(\d{3,}_\d{3,})\/?$/.exec(path)?.[1]
  const posts = /^\/(\d{3,})\/posts\/(?:[^/]+\/)?(\d{3,})\/?$/.exec(path)
  const [story, page] = [digits(query.get('story_fbid')), digits(query.get('id'))]
  const video = /^\/(?:reel|(?:[\w.]+\/)?videos)\/(?:[^/]+\/)?(\d{3,})\/?$/.exec(path)?.[1] ?? digits(query.get('v'))
  const id =
    whole ??
    (posts ? `${posts[1]}_${posts[2]}` : undefined) ??
    (story && page ? `${page}_${story}` : undefined) ??
    video
  return { id: id ?? '', url: pasted }
}

const digits = (value: string | null): string | undefined =>
  value !== null && /^\d{3,}$/.test(value) ? value : undefined

/** `https://www.instagram.com/p/<shortcode>/`, `/reel/…`: the id is in no address. */
export function mediaFrom(pasted: string): Found {
  const url = hostedBy(pasted, 'instagram.com')
  const isPost = /^\/(?:[\w.]+\/)?(?:p|reel|tv)\/[\w-]+\/?$|^\/stories\/[\w.]+\/[\w-]+\/?$/
  return url && isPost.test(url.pathname) ? { id: '', url: pasted } : undefined
}

function hostedBy(pasted: string, domain: string): URL | undefined {
  const url = URL.canParse(pasted) ? new URL(pasted) : undefined
  const hosted = url?.protocol === 'https:' && (url.host === domain || url.host.endsWith(`.${domain}`))
  return hosted ? url : undefined
}
