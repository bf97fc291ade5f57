import type { PostPart } from '../../api.ts'
import { placeOf } from '../../logic/uploads.ts'
import { IconButton } from '../parts/button.tsx'
import { Glyph } from '../parts/glyph.tsx'
import { useDesk } from './context.ts'
import { Counters } from './counters.tsx'
import { useFits } from './editor.tsx'
import { MediaTray } from './media-tray.tsx'
import { WriteBox } from './write-box.tsx'

/** What follows the first part, each an answer to the one before. */
export function ThreadParts() {
  const { content, write, jump, scope } = useDesk()
  const parts = content.thread ?? []
  if (parts.length === 0) return null
  const set = (place: number, to: Partial<PostPart>) =>
    write({ thread: parts.map((one, at) => (at === place ? { ...one, ...to } : one)) })
  const remove = (place: number) => {
    const rest = parts.filter((_, at) => at !== place)
    write({ thread: rest.length === 0 ? undefined : rest })
    jump(scope, place === 0 ? 'text' : `thread.${place - 1}.text`)
  }
  return (
    <ol className="mooring-thread" aria-label="Thread">
      {parts.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
        <Part key={place} part={part} place={place} of={parts.length} onChange={set} onRemove={remove} />
      ))}
    </ol>
  )
}

interface PartProps {
  part: PostPart
  place: number
  of: number
  onChange: (place: number, to: Partial<PostPart>) => void
  onRemove: (place: number) => void
}

function Part({ part, place, of, onChange, onRemove }: PartProps) {
  const { scope, uploads } = useDesk()
  const at = `thread.${place}`
  return (
    <li className="mooring-thread-part">
      <div className="mooring-thread-head">
        <span>
          Part {place + 2} of {of + 1}
        </span>
        <Counters at={`${at}.text`} />
        <IconButton label={`Remove part ${place + 2}`} onClick={() => onRemove(place)}>
          <Glyph name="trash" size={14} />
        </IconButton>
      </div>
      <WriteBox
        small
        label={`Text of part ${place + 2}`}
        at={`${at}.text`}
        value={part.text}
        placeholder="And then?"
        fits={useFits(`${at}.text`, part.text)}
        onFiles={(files) => uploads.add(placeOf(scope, `${at}.media`), files)}
        onChange={(text) => onChange(place, { text })}
      />
      <MediaTray at={`${at}.media`} uses={part.media} onChange={(media) => onChange(place, { media })} small />
    </li>
  )
}
