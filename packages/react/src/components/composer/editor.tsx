import { useId } from 'react'
import { counterOf } from '../../logic/issues.ts'
import { fitting } from '../../logic/split.ts'
import { placeOf } from '../../logic/uploads.ts'
import { useDesk } from './context.ts'
import { Counters } from './counters.tsx'
import { Mentions } from './mentions.tsx'
import { OwnNote } from './own-note.tsx'
import { PANEL, ScopeTabs } from './scope-tabs.tsx'
import { ThreadParts } from './thread-parts.tsx'
import { Tools } from './tools.tsx'
import { WriteBox } from './write-box.tsx'

/** The text that is open, what is left of it, and what can be added. */
export function Editor() {
  const { draft, scope, chosen, content, write, uploads } = useDesk()
  const counters = useId()
  const [only] = chosen
  const add = (files: File[]) => uploads.add(placeOf(scope, 'media'), files)
  return (
    <section className="mooring-editor" aria-label="Text">
      {draft.targets.length > 0 && <ScopeTabs />}
      <div
        id={PANEL}
        {...(draft.targets.length > 0 ? { role: 'tabpanel', 'aria-label': 'What it says' } : {})}
        className="mooring-editor-panel"
      >
        <OwnNote />
        <WriteBox
          key={scope}
          label={only && scope !== 'all' ? `Text for ${only.account.label}` : 'Text'}
          at="text"
          value={content.text}
          placeholder="What do you want to say?"
          fits={useFits('text', content.text)}
          describedBy={counters}
          onFiles={add}
          onChange={(text) => write({ text })}
        />
        <Mentions />
        <ThreadParts />
      </div>
      <div className="mooring-editor-foot">
        <Tools />
        <Counters id={counters} at="text" />
      </div>
    </section>
  )
}

/** Where the one account whose text is open has no more room; undefined: all of it fits. */
export function useFits(at: string, text: string): number | undefined {
  const { scope, chosen, check } = useDesk()
  const [only] = chosen
  if (scope === 'all' || !only) return undefined
  const counter = counterOf(check, scope, at)
  if (!counter || counter.used <= counter.limit) return undefined
  return fitting(text, { limit: counter.limit, weighted: only.features.text.weighted })
}
