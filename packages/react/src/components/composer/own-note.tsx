import { useState } from 'react'
import type { PostContent, PostOverride } from '../../api.ts'
import { overrideOf, ownKeys, sharedAgain } from '../../logic/post-content.ts'
import { sentenceList } from '../../logic/words.ts'
import { useDesk } from './context.ts'

const NAMES: Record<keyof PostContent, string> = {
  text: 'text',
  media: 'files',
  link: 'link',
  poll: 'poll',
  thread: 'parts',
  firstComment: 'first comment',
  visibility: 'audience',
  format: 'format',
  mentions: 'mentions',
}

/** What is this account's own, and the way back to what all say, and forth again. */
export function OwnNote() {
  const { draft, scope, chosen, change } = useDesk()
  const [before, setBefore] = useState<{ scope: string; override: PostOverride } | undefined>(undefined)
  const [target] = chosen
  if (scope === 'all' || !target) return null
  const own = ownKeys(draft, scope)
  const undo = before?.scope === scope && own.length === 0 ? before : undefined
  const back = () => {
    setBefore({ scope, override: overrideOf(draft, scope) ?? {} })
    change((now) => sharedAgain(now, scope))
  }
  return (
    <p className="mooring-own-note" data-slot="own-note">
      <span role="status">
        {own.length > 0
          ? `Own ${sentenceList(own.map((key) => NAMES[key]))} for ${target.account.label}.`
          : `The shared text. What you change here is for ${target.account.label} alone.`}
      </span>
      {own.length > 0 && (
        <button type="button" className="mooring-link" onClick={back}>
          Back to shared
        </button>
      )}
      {undo && (
        <button
          type="button"
          className="mooring-link"
          onClick={() => change((now) => sharedAgain(now, scope, undo.override))}
        >
          Undo
        </button>
      )}
    </p>
  )
}
