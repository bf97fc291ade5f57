import { useCallback, useEffect, useRef, useState } from 'react'
import type { PostLink } from '../../api.ts'
import { useRested } from '../../hooks/use-rested.ts'
import { firstAddress } from '../../logic/links.ts'
import { isApiProblem } from '../../problem.ts'
import { useMooring } from '../../provider.tsx'
import type { Desk } from './context.ts'

const REST = 700

export interface LinkLook {
  url: string
  state: 'looking' | 'found' | 'failed'
  error?: string | undefined
}

type Part = Pick<Desk, 'scope' | 'content' | 'taken' | 'write' | 'keep'>

/**
 * The card of the first address that is written for all: looked up once, and gone with the address unless somebody wrote on
 * it. What was taken off stays off.
 */
export function useLinkCard({ scope, content, taken, write, keep }: Part) {
  const client = useMooring()
  const [look, setLook] = useState<LinkLook | undefined>(undefined)
  /** Addresses that somebody took the card off, and that of a card that came by itself. */
  const off = useRef(new Set<string>())
  const own = useRef<string | undefined>(undefined)
  const latest = useRef({ content, write, keep })
  latest.current = { content, write, keep }

  const lookUp = useCallback(
    async (url: string) => {
      setLook({ url, state: 'looking' })
      try {
        const { title, description, image } = await client.posts.previewLink(url)
        const now = latest.current
        if (image) now.keep(image)
        // It may have been taken off, or be another one by now.
        if (now.content.link?.url !== url) return setLook(undefined)
        const { link } = now.content
        now.write({ link: { ...filled(title, description, image?.id), ...written(link), url } })
        setLook({ url, state: 'found' })
      } catch (error) {
        setLook({ url, state: 'failed', error: isApiProblem(error) ? error.message : undefined })
      }
    },
    [client],
  )

  const address = useRested(firstAddress(content.text), REST)
  const { link, media, poll } = content
  const free = scope === 'all' && taken.link && media.length === 0 && !poll
  useEffect(() => {
    const byItself = link !== undefined && own.current === link.url
    if (!free) {
      // Files take the place of a card that nobody asked for.
      if (byItself && scope === 'all') latest.current.write({ link: undefined })
      return
    }
    if (!link && address !== undefined && !off.current.has(address)) {
      own.current = address
      latest.current.write({ link: { url: address } })
      void lookUp(address)
    } else if (byItself && address !== link.url) {
      own.current = undefined
      latest.current.write({ link: undefined })
    }
  }, [address, free, link, lookUp, scope])

  return {
    look: look?.url === link?.url ? look : undefined,
    lookUp,
    edit: (to: PostLink) => {
      own.current = undefined
      write({ link: to })
    },
    takeOff: () => {
      if (link) off.current.add(link.url)
      own.current = undefined
      write({ link: undefined })
    },
  }
}

const filled = (title: string | null, description: string | null, image: string | undefined) => ({
  ...(title === null ? {} : { title }),
  ...(description === null ? {} : { description }),
  ...(image === undefined ? {} : { image: { id: image } }),
})

/** What somebody wrote on it is kept. */
const written = (link: PostLink): Partial<PostLink> =>
  Object.fromEntries(Object.entries(link).filter(([, value]) => value !== undefined && value !== ''))
