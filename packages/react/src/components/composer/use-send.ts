import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { At, Post, When } from '../../api.ts'
import { newIntentKey, remember } from '../../hooks/post-changes.ts'
import type { Choice } from '../../logic/compose-words.ts'
import { isApiProblem } from '../../problem.ts'
import { useMooring } from '../../provider.tsx'
import { type DraftHold, isStale } from './use-draft.ts'

interface Given {
  /** When it is to go out already. */
  scheduledAt: At | null
  onSent: (post: Post, choice: Choice) => void
}

/** Sends a draft on its way: saved first, then scheduled under one key for one intent, however often it has to be asked. */
export function useSend({ autosave, keepUp }: DraftHold, { scheduledAt, onSent }: Given) {
  const client = useMooring()
  const queries = useQueryClient()
  const intent = useRef<{ what: string; key: string } | undefined>(undefined)
  const [error, setError] = useState<string | undefined>(undefined)

  const schedule = async (when: When): Promise<Post> => {
    const known = await autosave.flush()
    const what = JSON.stringify([known, when])
    if (intent.current?.what !== what) intent.current = { what, key: newIntentKey() }
    return client.posts.schedule(known.id, when, known.version, intent.current.key)
  }
  const told = {
    onMutate: () => setError(undefined),
    onError: (fault: unknown) => {
      // Somebody else's change is asked about in a dialog.
      if (isStale(fault)) autosave.contest()
      else setError(isApiProblem(fault) ? fault.message : 'The page made a mistake. Load it again.')
    },
  }
  const isChange = (choice: Choice) => scheduledAt !== null && same(choice, scheduledAt)
  const send = useMutation({
    ...told,
    mutationFn: async (choice: Choice) => {
      const post = isChange(choice)
        ? await autosave.flush().then(({ id }) => client.posts.get(id))
        : await schedule(choice)
      keepUp(post)
      await remember(queries, post)
      onSent(post, choice)
    },
  })
  const takeBack = useMutation({
    ...told,
    mutationFn: async () => {
      const post = await schedule({ how: 'draft' })
      keepUp(post)
      await remember(queries, post)
    },
  })
  const save = useMutation({ ...told, mutationFn: () => autosave.flush() })

  return {
    error,
    /** The time stays, what it says changes. */
    isChange,
    /** It is on its way, or about to be. */
    sending: send.isPending,
    sent: send.isSuccess,
    send: (choice: Choice) => send.mutate(choice),
    takingBack: takeBack.isPending,
    takeBack: () => takeBack.mutate(),
    saving: save.isPending,
    save: () => save.mutate(),
  }
}

const same = (choice: Choice, at: At) =>
  choice.how === 'at' && choice.at.local === at.local && choice.at.zone === at.zone
