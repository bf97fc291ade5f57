import { useCallback, useEffect, useRef, useState } from 'react'
import type { PostContent, PostLink } from '../../api.ts'
import { useRested } from '../../hooks/use-rested.ts'
import { addressesIn, firstAddress } from '../../logic/links.ts'
import { contentOf, type Scope, written } from '../../logic/post-content.ts'
import { isApiProblem } from '../../problem.ts'
import { useMooring } from '../../provider.tsx'
import type { Desk } from './context.ts'

const REST = 700

export interface LinkLook {
  url: string
  state: 'looking' | 'found' | 'failed'
  error?: string | undefined
}

type Part = Pick<Desk, 'draft' | 'scope' | 'content' | 'taken' | 'write' | 'change' | 'keep'>

/**
 * The card of the first address that is written for all: looked up once, and gone with the address unless somebody wrote on
 * it. What was taken off stays off, also of a draft that is opened again.
 */
export function useLinkCard({ draft, scope, content, taken, write, change, keep }: Part) {
  const client = useMooring()
  const [look, setLook] = useState<LinkLook | undefined>(undefined)
  /** Addresses that somebody took the card off, and that of a card that came by itself. */
  const { link, media, poll } = content
  const free = scope === 'all' && taken.link && media.length === 0 && !poll
  const [begun] = useState(() => cardOf(draft.content))
  const off = useRef(begun.off)
  // Beside files it was asked for.
  const own = useRef(free ? begun.own : undefined)
  const latest = useRef({ draft, write, change, keep })
  latest.current = { draft, write, change, keep }

  const lookUp = useCallback(
    async (url: string, whose: Scope) => {
      setLook({ url, state: 'looking' })
      try {
        const { title, description, image } = await client.posts.previewLink(url)
        const now = latest.current
        if (image) now.keep(image)
        // It may have been taken off, or be another one by now.
        const { link } = contentOf(now.draft, whose)
        if (link?.url !== url) return setLook(undefined)
        const found = { ...filled(title, description, image?.id), ...typed(link), url }
        now.change((draft) => written(draft, whose, { link: found }))
        setLook({ url, state: 'found' })
      } catch (error) {
        setLook({ url, state: 'failed', error: isApiProblem(error) ? error.message : undefined })
      }
    },
    [client],
  )

  const address = useRested(firstAddress(content.text), REST)
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
      void lookUp(address, scope)
    } else if (byItself && address !== link.url) {
      own.current = undefined
      latest.current.write({ link: undefined })
    }
  }, [address, free, link, lookUp, scope])

  return {
    look: look?.url === link?.url ? look : undefined,
    lookUp: (url: string) => lookUp(url, scope),
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

/** Of what is there as it is opened: without a card somebody took it off; one of the first address came by itself. */
export function cardOf({ text, link }: PostContent): { off: Set<string>; own: string | undefined } {
  const off = link ? [] : addressesIn(text).map(({ url }) => url)
  return { off: new Set(off), own: link?.url === firstAddress(text) ? link?.url : undefined }
}

const filled = (title: string | null, description: string | null, image: string | undefined) => ({
  ...(title === null ? {} : { title }),
  ...(description === null ? {} : { description }),
  ...(image === undefined ? {} : { image: { id: image } }),
})

/** What somebody wrote on it is kept. */
const typed = (link: PostLink): Partial<PostLink> =>
  Object.fromEntries(Object.entries(link).filter(([, value]) => value !== undefined && value !== ''))
