import { type ReactNode, useRef, useState } from 'react'
import { acceptOf, offered } from '../../logic/features.ts'
import { firstAddress } from '../../logic/links.ts'
import { placeOf } from '../../logic/uploads.ts'
import { Glyph } from '../parts/glyph.tsx'
import type { GlyphName } from '../parts/glyphs.ts'
import { useDesk } from './context.ts'
import { MentionSheet } from './mention-sheet.tsx'

/** What can be added to what is open, and nothing that no chosen account takes. */
export function Tools() {
  const { scope, content, write, taken, uploads, jump } = useDesk()
  const files = useRef<HTMLInputElement>(null)
  const [mentioning, setMentioning] = useState(false)
  const accept = acceptOf(taken)
  const { poll, thread, firstComment, link } = content
  const add = (patch: Parameters<typeof write>[0], at: string) => {
    write(patch)
    jump(scope, at)
  }
  return (
    <div role="toolbar" aria-label="Add to the post" className="mooring-tools">
      {accept !== '' && (
        <>
          <Tool icon="image-plus" label="Add files" onPress={() => files.current?.click()} />
          <input
            ref={files}
            type="file"
            hidden
            multiple
            accept={accept}
            aria-label="Files"
            data-slot="composer-files"
            onChange={(event) => {
              uploads.add(placeOf(scope, 'media'), [...(event.target.files ?? [])])
              event.target.value = ''
            }}
          />
        </>
      )}
      {taken.link && !link && (
        <Tool
          icon="link"
          label="Add a link"
          onPress={() => add({ link: { url: firstAddress(content.text) ?? '' } }, 'link')}
        />
      )}
      {taken.poll && !poll && (
        <Tool
          icon="chart-column"
          label="Add a poll"
          onPress={() => {
            const [minutes = 1440] = taken.poll ? offered(taken.poll).filter((one) => one >= 1440) : []
            add({ poll: { question: '', options: ['', ''], minutes } }, 'poll')
          }}
        />
      )}
      {taken.thread && (
        <Tool
          icon="list-plus"
          label="Add a part to the thread"
          onPress={() =>
            add({ thread: [...(thread ?? []), { text: '', media: [] }] }, `thread.${thread?.length ?? 0}.text`)
          }
        />
      )}
      {taken.firstComment && firstComment === undefined && (
        <Tool
          icon="message-square-plus"
          label="Add a first comment"
          onPress={() => add({ firstComment: '' }, 'firstComment')}
        />
      )}
      {taken.mentionsById && <Tool icon="at-sign" label="Mention somebody" onPress={() => setMentioning(true)} />}
      {mentioning && <MentionSheet onClose={() => setMentioning(false)} />}
    </div>
  )
}

const Tool = ({ icon, label, onPress }: { icon: GlyphName; label: string; onPress: () => void }): ReactNode => (
  <button type="button" className="mooring-tool" aria-label={label} title={label} onClick={onPress}>
    <Glyph name={icon} size={17} />
  </button>
)
