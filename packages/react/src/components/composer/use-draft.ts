import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Post } from '../../api.ts'
import { newIntentKey, remember } from '../../hooks/post-changes.ts'
import { type Autosave, createAutosave, type Known, type SaveState } from '../../logic/autosave.ts'
import { complete, type Draft, EMPTY } from '../../logic/post-content.ts'
import { dropUnsaved, keepUnsaved, unsavedOf } from '../../logic/unsaved.ts'
import { isApiProblem } from '../../problem.ts'
import { useMooring } from '../../provider.tsx'
import { keys } from '../../query-keys.ts'

const DELAY = 1200
const AGAIN = 8000

/** Changed, or removed, by somebody else. */
export const isStale = (error: unknown) => isApiProblem(error) && ['stale_write', 'not_found'].includes(error.code)
const isPassing = (error: unknown) => isApiProblem(error) && (error.status === 0 || error.status >= 500)

export const draftOf = ({ content, targets }: Post): Draft => ({ content, targets })
const knownOf = ({ id, version }: Post): Known => ({ id, version })

export interface DraftHold {
  /** As it was put here or answered last; undefined: what is written here is of no post yet, or of one made here. */
  post: Post | undefined
  draft: Draft
  change: (next: (draft: Draft) => Draft) => void
  saving: SaveState
  autosave: Autosave
  /** In place of what is here: another's, or a new one. */
  replace: (post: Post | undefined, draft: Draft) => void
  /** The server says the same under another version or in another state. */
  keepUp: (post: Post) => void
  /** What is not saved is not wanted. */
  giveUp: () => void
}

interface Given {
  /** The one to go on with. */
  post: Post | undefined
  initial: Draft | undefined
  /** Whose unsaved words are kept in this browser tab. */
  keepAs: string | undefined
  onMade: (post: Post) => void
}

/**
 * A draft that is saved as it is written. What is already to go out is not saved while somebody writes: half a sentence
 * would leave at its time. It is saved by `autosave.flush`.
 */
export function useDraft({ post, initial, keepAs, onMade }: Given): DraftHold {
  const client = useMooring()
  const queries = useQueryClient()
  const [kept] = useState(() => (keepAs === undefined ? undefined : unsavedOf(keepAs, post?.id)))
  const [draft, setDraft] = useState<Draft>(() => kept?.draft ?? (post ? draftOf(post) : (initial ?? EMPTY)))
  /** Two changes in one moment are both of the newest. */
  const newest = useRef(draft)
  const [present, setPresent] = useState(post)
  const state = useRef(post?.state)
  const gone = useRef(false)
  const [saving, setSaving] = useState<SaveState>({ is: 'clean' })
  // What it begins with is that of the first look: whoever shows another post, shows another composer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once
  const { autosave, mirror } = useMemo(() => {
    const taken = (answer: Post): Known => {
      void remember(queries, answer)
      return knownOf(answer)
    }
    const mirror = () => {
      if (keepAs === undefined) return
      const known = made.known()
      if (known) dropUnsaved(keepAs, undefined)
      if (!made.unsaved()) dropUnsaved(keepAs, known?.id)
      // Whoever signed out had everything dropped; it is not put back by a page that closes.
      else if (!gone.current) keepUnsaved(keepAs, known?.id, { known, draft: newest.current })
    }
    const made = createAutosave(
      {
        create: async (one, key) => {
          const answer = await client.posts.create({ ...complete(one), when: { how: 'draft' } }, key)
          if (!gone.current) onMade(answer)
          return taken(answer)
        },
        change: async (known, one) =>
          taken(await client.posts.change(known.id, { version: known.version, ...complete(one) })),
        onState: (now) => {
          setSaving(now)
          mirror()
          // Whoever is not signed in any more should be told before they write on.
          if (now.is === 'failed' && isApiProblem(now.error) && now.error.code === 'unauthorized')
            void queries.invalidateQueries({ queryKey: keys.session })
        },
        newKey: newIntentKey,
        now: Date.now,
        isStale,
        isPassing,
        delay: () => (state.current === undefined || ['draft', 'cancelled'].includes(state.current) ? DELAY : null),
        again: AGAIN,
      },
      // Words that were kept are of the version that they were written on: newer words of another are asked about.
      { known: kept ? kept.known : post && knownOf(post), draft: post ? draftOf(post) : kept ? EMPTY : draft },
    )
    return { autosave: made, mirror }
  }, [])
  useEffect(() => {
    gone.current = false
    if (kept) autosave.set(newest.current)
    return () => {
      gone.current = true
      autosave.leave()
    }
  }, [autosave, kept])

  const put = (to: Draft) => {
    newest.current = to
    setDraft(to)
  }
  const now = (one: Post | undefined) => {
    state.current = one?.state
    setPresent(one)
  }
  return {
    post: present,
    draft,
    saving,
    autosave,
    change: (next) => {
      put(next(newest.current))
      autosave.set(newest.current)
      mirror()
    },
    replace: (other, to) => {
      autosave.adopt(autosave.known(), newest.current)
      now(other)
      put(to)
      autosave.adopt(other && knownOf(other), to)
    },
    keepUp: (answer) => {
      now(answer)
      autosave.keepUp(knownOf(answer))
    },
    giveUp: () => autosave.adopt(autosave.known(), newest.current),
  }
}
