import { type RefObject, useCallback, useEffect, useMemo, useState } from 'react'
import type { MediaItem, Post, PublishTarget } from '../../api.ts'
import { usePostCheck } from '../../hooks/posts.ts'
import { takenBy, targetsIn } from '../../logic/features.ts'
import { contentOf, type Draft, EMPTY, filesOf, type Scope, withAccounts, written } from '../../logic/post-content.ts'
import { partsOf } from '../../logic/uploads.ts'
import { isApiProblem } from '../../problem.ts'
import { useMooring } from '../../provider.tsx'
import type { Desk } from './context.ts'
import { focusAt } from './focus.ts'
import { type DraftHold, draftOf, useDraft } from './use-draft.ts'
import { useUploads } from './use-uploads.ts'

interface Given {
  post: Post | undefined
  targets: readonly PublishTarget[]
  accounts?: readonly string[] | undefined
  returnTo: string
  keepAs?: string | undefined
  onMade?: ((post: Post) => void) | undefined
}

export interface WholeDesk extends Desk {
  takeTheirs: (post: Post) => void
  keepMine: () => void
}

/** What the parts of the composer share: the draft, whose text is open, its files, what stands against it. */
export function useDeskState(
  { post, targets, accounts, returnTo, keepAs, onMade }: Given,
  root: RefObject<HTMLElement | null>,
): { desk: WholeDesk; hold: DraftHold } {
  const hold = useDraft({ post, initial: beginning(targets, accounts), keepAs, onMade: (made) => onMade?.(made) })
  const { draft, change } = hold
  const [scope, open] = useState<Scope>('all')
  const [picked, pick] = useState<string | undefined>(undefined)
  const [media, setMedia] = useState<ReadonlyMap<string, MediaItem>>(() => mapOf(post?.media ?? []))
  const keep = useCallback((item: MediaItem) => setMedia((all) => new Map([...all, [item.id, item]])), [])
  useFilesOf(draft, media, keep)
  const check = usePostCheck(draft)
  const uploads = useUploads((place, item) => {
    const { scope: whose, at } = partsOf(place)
    keep(item)
    change((now) => withFile(now, whose, at, item.id))
    // What the picture shows is asked for beside it.
    if (item.kind !== 'video') pick(item.id)
  })
  const chosen = useMemo(() => targetsIn(draft, scope, targets), [draft, scope, targets])
  const content = contentOf(draft, scope)
  const desk: WholeDesk = {
    draft,
    scope,
    open,
    content,
    write: (patch) => change((now) => written(now, scope, patch)),
    change,
    targets,
    chosen,
    taken: takenBy(chosen),
    media,
    keep,
    uploads,
    check: check.data,
    unchecked: check.isError ? uncheckedWords(check.error) : undefined,
    jump: (to, at) => {
      open(to)
      const file = fileAt(contentOf(draft, to), at)
      if (file !== undefined) pick(file)
      // Once what is to be seen is there.
      requestAnimationFrame(() => focusAt(root.current, at))
    },
    picked,
    pick,
    returnTo,
    takeTheirs: (theirs) => {
      setMedia((all) => new Map([...all, ...mapOf(theirs.media)]))
      open('all')
      hold.replace(theirs, draftOf(theirs))
    },
    keepMine: () => {
      const mine = draft
      hold.replace(undefined, EMPTY)
      change(() => mine)
    },
  }
  return { desk, hold }
}

/** What a draft names that was kept in this tab, and that no answer has shown yet. */
function useFilesOf(draft: Draft, media: ReadonlyMap<string, MediaItem>, keep: (item: MediaItem) => void) {
  const client = useMooring()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what comes later, comes with its file
  useEffect(() => {
    for (const { id } of filesOf(draft)) if (!media.has(id)) void client.posts.media.get(id).then(keep, () => {})
  }, [])
}

const uncheckedWords = (error: unknown) =>
  isApiProblem(error) && error.status > 0 && error.status < 500
    ? `This could not be checked. ${error.message}`
    : 'We could not check this, we try again.'

const mapOf = (items: readonly MediaItem[]) => new Map(items.map((item) => [item.id, item]))

/** The accounts that were named; else the only one that there is. */
function beginning(targets: readonly PublishTarget[], accounts: readonly string[] | undefined): Draft {
  const usable = targets.filter((one) => one.unusable === null).map((one) => one.account.id)
  return withAccounts(EMPTY, accounts?.filter((id) => usable.includes(id)) ?? (usable.length === 1 ? usable : []))
}

/** With a file at the end of the list that `at` names, or as the link's picture. */
function withFile(draft: Draft, scope: Scope, at: string, id: string): Draft {
  const { media, thread, link } = contentOf(draft, scope)
  if (at === 'link.image') return link ? written(draft, scope, { link: { ...link, image: { id } } }) : draft
  const place = /^thread\.(\d+)\.media$/.exec(at)?.[1]
  if (place === undefined) return written(draft, scope, { media: [...media, { id }] })
  return written(draft, scope, {
    thread: thread?.map((part, n) => (n === Number(place) ? { ...part, media: [...part.media, { id }] } : part)),
  })
}

/** The file that `at` is about: `media.0.alt`, `thread.1.media.0`. */
function fileAt({ media, thread }: Draft['content'], at: string): string | undefined {
  const [, part, place] = /^(?:thread\.(\d+)\.)?media\.(\d+)/.exec(at) ?? []
  if (place === undefined) return undefined
  return (part === undefined ? media : thread?.[Number(part)]?.media)?.[Number(place)]?.id
}
