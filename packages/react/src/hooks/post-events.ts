import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useMooring } from '../provider.tsx'
import { changedPosts } from './post-changes.ts'

/** Several changes in one moment are read once. */
const GATHER = 250
/** So often the server is asked while there is no stream. */
const ASK = 5000
/** A stream that the server refused is tried again so much later. */
const TRY = 30_000

/**
 * Reads posts anew as they change, on this page and in the lists, for as long as the page is looked at. Answers whether a
 * stream tells of them, or the server is asked every few seconds.
 */
export function usePostEvents(): 'live' | 'asking' {
  const client = useMooring()
  const queries = useQueryClient()
  const [live, setLive] = useState(false)
  useEffect(() => {
    const read = gathered(() => void changedPosts(queries))
    // A browser keeps few connections to one host: a page that nobody sees holds none.
    const watch = watching(() => follow(client.addressWithin('/api/v1/posts/events'), read.soon, setLive))
    return () => {
      watch()
      read.stop()
    }
  }, [client, queries])
  useEffect(() => {
    if (live) return
    const timer = setInterval(() => document.visibilityState === 'visible' && void changedPosts(queries), ASK)
    return () => clearInterval(timer)
  }, [live, queries])
  return live ? 'live' : 'asking'
}

/** Follows the stream until the returned function is called; a browser takes up a broken one by itself. */
function follow(address: string, onPost: () => void, onLive: (live: boolean) => void): () => void {
  let stream: EventSource | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  const open = () => {
    stream = new EventSource(address, { withCredentials: true })
    stream.addEventListener('post', onPost)
    stream.onopen = () => {
      onLive(true)
      // What changed while nobody told of it.
      onPost()
    }
    stream.onerror = () => {
      onLive(false)
      if (stream?.readyState === EventSource.CLOSED) again = setTimeout(open, TRY)
    }
  }
  open()
  return () => {
    clearTimeout(again)
    stream?.close()
    onLive(false)
  }
}

function gathered(run: () => void): { soon: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    soon: () => {
      timer ??= setTimeout(() => {
        timer = undefined
        run()
      }, GATHER)
    },
    stop: () => clearTimeout(timer),
  }
}

/** Runs while the page is seen, and ends it while it is not. */
function watching(start: () => () => void): () => void {
  let end: (() => void) | undefined
  const turn = () => {
    if (document.visibilityState === 'hidden') {
      end?.()
      end = undefined
    } else end ??= start()
  }
  turn()
  document.addEventListener('visibilitychange', turn)
  return () => {
    document.removeEventListener('visibilitychange', turn)
    end?.()
  }
}
