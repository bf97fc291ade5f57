/** Who looks on at a server's posts by server-sent events, and sees when each is published. */
import { setTimeout as delay } from 'node:timers/promises'

const STILL_MS = 25

export interface Watched {
  /** When it was published by the server's word (ms since 1970), and when that was told here (`performance.now()`). */
  published(post: string): Promise<{ at: number; toldAt: number }>
  close(): void
}

/** `publishedAt` says of a post when it was published; undefined: not yet. */
export async function watchPosts(
  server: string,
  key: string,
  publishedAt: (post: string) => Promise<number | undefined>,
): Promise<Watched> {
  const end = new AbortController()
  const headers = { authorization: `Bearer ${key}` }
  const response = await fetch(`${server}/api/v1/posts/events`, { headers, signal: end.signal })
  const last = new Map<string, number>()
  let wake = () => {}
  const read = async () => {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const part of response.body ?? []) {
      const at = performance.now()
      const lines = (rest + decoder.decode(part, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const post = /^data: ?\{"postId":"([^"]+)"\}/.exec(line)?.[1]
        if (post !== undefined) last.set(post, at)
      }
      wake()
    }
  }
  read().catch(() => {})
  return {
    async published(post) {
      for (;;) {
        const before = last.get(post)
        const at = await publishedAt(post)
        if (at !== undefined) {
          // It is told after it was written: the event may be still on its way.
          await delay(STILL_MS)
          return { at, toldAt: last.get(post) ?? Number.NaN }
        }
        if (last.get(post) === before)
          await new Promise<void>((done) => {
            wake = done
          })
      }
    },
    close: () => end.abort(),
  }
}
