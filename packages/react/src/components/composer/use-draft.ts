import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Post } from '../../api.ts'
import { newIntentKey, remember } from '../../hooks/post-changes.ts'
import { type Autosave, createAutosave, type Known, type SaveState } from '../../logic/autosave.ts'
import { type Draft, EMPTY } from '../../logic/post-content.ts'
import { isApiProblem } from '../../problem.ts'
import { useMooring } from '../../provider.tsx'

const DELAY = 1200
const AGAIN = 8000

/** Changed, or removed, by somebody else. */
const isStale = (error: unknown) => isApiProblem(error) && ['stale_write', 'not_found'].includes(error.code)
const isPassing = (error: unknown) => isApiProblem(error) && (error.status === 0 || error.status >= 500)

export const draftOf = ({ content, targets }: Post): Draft => ({ content, targets })
export const knownOf = ({ id, version }: Post): Known => ({ id, version })

export interface DraftHold {
  draft: Draft
  change: (next: (draft: Draft) => Draft) => void
  saving: SaveState
  autosave: Autosave
  /** In place of what is here. */
  replace: (known: Known | undefined, draft: Draft) => void
}

/**
 * A draft that is saved as it is written. `post`: the one to go on with. What is already to go out is not saved while
 * somebody writes: half a sentence would leave at its time. It is saved by `autosave.flush`.
 */
export function useDraft(post: Post | undefined, initial: Draft | undefined, onMade: (post: Post) => void): DraftHold {
  const client = useMooring()
  const queries = useQueryClient()
  const [draft, setDraft] = useState<Draft>(() => (post ? draftOf(post) : (initial ?? EMPTY)))
  /** Two changes in one moment are both of the newest. */
  const newest = useRef(draft)
  const [saving, setSaving] = useState<SaveState>({ is: 'clean' })
  // What it begins with is that of the first look: whoever shows another post, shows another composer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once
  const autosave = useMemo(() => {
    const kept = (answer: Post): Known => {
      void remember(queries, answer)
      return knownOf(answer)
    }
    return createAutosave(
      {
        create: async (one, key) => {
          const made = await client.posts.create({ ...one, when: { how: 'draft' } }, key)
          onMade(made)
          return kept(made)
        },
        change: async (known, one) => kept(await client.posts.change(known.id, { version: known.version, ...one })),
        onState: setSaving,
        newKey: newIntentKey,
        now: Date.now,
        isStale,
        isPassing,
        delay: post && post.state !== 'draft' ? null : DELAY,
        again: AGAIN,
      },
      { known: post && knownOf(post), draft },
    )
  }, [])
  useEffect(() => () => autosave.stop(), [autosave])
  useGuard(saving)

  return {
    draft,
    saving,
    autosave,
    change: (next) => {
      newest.current = next(newest.current)
      setDraft(newest.current)
      autosave.set(newest.current)
    },
    replace: (known, to) => {
      newest.current = to
      setDraft(to)
      autosave.adopt(known, to)
    },
  }
}

/** The browser asks before it leaves with words that nobody has. */
function useGuard({ is }: SaveState) {
  const unsaved = is === 'waiting' || is === 'saving' || is === 'failed' || is === 'stale'
  useEffect(() => {
    if (!unsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [unsaved])
}
