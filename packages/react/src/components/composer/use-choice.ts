import { useEffect, useState } from 'react'
import type { At, Post } from '../../api.ts'
import type { Choice } from '../../logic/compose-words.ts'
import { choiceOf, keepChoice } from '../../logic/unsaved.ts'
import { instantOf, soon } from '../../logic/wall-time.ts'

interface Given {
  post: Post | undefined
  /** That it has, or got from here. */
  id?: string | undefined
  /** Of a new one. */
  at?: At | undefined
  zone: string
  slots: readonly At[]
  keepAs?: string | undefined
}

/** When it is to go out, as somebody chose it here, also of a draft that is opened again in this tab. */
export function useChoice(given: Given): { choice: Choice; choose: (choice: Choice) => void } {
  const { id, keepAs } = given
  const [choice, setChoice] = useState(() => firstChoice(given, Date.now()))
  const [chosen, setChosen] = useState(false)
  useEffect(() => {
    if (chosen && keepAs !== undefined && id !== undefined) keepChoice(keepAs, id, choice)
  }, [chosen, choice, keepAs, id])
  return {
    choice,
    choose: (next) => {
      setChosen(true)
      setChoice(next)
    },
  }
}

/** What was begun before never goes out by the first press: somebody meant it for a time that the server does not keep. */
export function firstChoice({ post, at, zone, slots, keepAs }: Given, now: number): Choice {
  if (post?.state === 'scheduled' && post.at) return { how: 'at', at: post.at }
  const kept = post && keepAs !== undefined ? choiceOf(keepAs, post.id) : undefined
  if (kept?.how === 'slot' || (kept?.how === 'at' && instantOf(kept.at) > now)) return kept
  if (at) return { how: 'at', at }
  if (slots.length > 0) return { how: 'slot' }
  return post ? { how: 'at', at: soon(now, zone) } : { how: 'now' }
}
