import { useDesk } from './context.ts'
import { Counters } from './counters.tsx'
import { useFits } from './editor.tsx'
import { Piece } from './piece.tsx'
import { WriteBox } from './write-box.tsx'

/** What is said below it, as soon as it is out. */
export function FirstComment() {
  const { content, write } = useDesk()
  const { firstComment } = content
  const fits = useFits('firstComment', firstComment ?? '')
  if (firstComment === undefined) return null
  return (
    <Piece
      title="First comment"
      at="firstComment"
      removes="Remove the first comment"
      onRemove={() => write({ firstComment: undefined })}
      aside={<Counters at="firstComment" />}
    >
      <div className="mooring-boxed">
        <WriteBox
          small
          label="First comment"
          at="firstComment"
          value={firstComment}
          placeholder="A link, a source, a few tags"
          fits={fits}
          onChange={(text) => write({ firstComment: text })}
        />
      </div>
    </Piece>
  )
}
