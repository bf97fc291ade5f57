import { useId } from 'react'
import type { PostPoll } from '../../api.ts'
import { offered, spanName } from '../../logic/features.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { Glyph } from '../parts/glyph.tsx'
import { useDesk } from './context.ts'
import { Entry, Piece } from './piece.tsx'

const LEAST = 2

export function PollEditor() {
  const { content, write, taken, jump, scope } = useDesk()
  const spanId = useId()
  const { poll } = content
  if (!poll) return null
  const set = (to: Partial<PostPoll>) => write({ poll: { ...poll, ...to } })
  const { options } = poll
  const most = taken.poll?.options ?? options.length
  const spans = [...new Set([...(taken.poll ? offered(taken.poll) : []), poll.minutes])].sort((a, b) => a - b)
  return (
    <Piece title="Poll" at="poll" removes="Remove the poll" onRemove={() => write({ poll: undefined })}>
      <div className="mooring-form">
        <Entry label="Question" at="poll" value={poll.question} onChange={(question) => set({ question })} />
        {options.map((option, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an answer is its place
          <div key={place} className="mooring-form-row">
            <Entry
              label={`Answer ${place + 1}`}
              at={`poll.options.${place}`}
              value={option}
              onChange={(value) => set({ options: options.map((one, at) => (at === place ? value : one)) })}
            />
            <IconButton
              label={`Remove answer ${place + 1}`}
              blocked={options.length <= LEAST}
              onClick={() => set({ options: options.filter((_, at) => at !== place) })}
            >
              <Glyph name="x" size={14} />
            </IconButton>
          </div>
        ))}
        <div className="mooring-form-row">
          <div className="mooring-entry" data-width="short">
            <label htmlFor={spanId}>Open for</label>
            <select id={spanId} value={poll.minutes} onChange={(event) => set({ minutes: Number(event.target.value) })}>
              {spans.map((minutes) => (
                <option key={minutes} value={minutes}>
                  {spanName(minutes)}
                </option>
              ))}
            </select>
          </div>
          {options.length < most && (
            <Button
              size="small"
              onClick={() => {
                set({ options: [...options, ''] })
                jump(scope, `poll.options.${options.length}`)
              }}
            >
              <Glyph name="plus" size={14} />
              Answer
            </Button>
          )}
        </div>
      </div>
    </Piece>
  )
}
