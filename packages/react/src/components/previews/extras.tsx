import type { PostLink, PostPoll } from '../../api.ts'
import { spanName } from '../../logic/features.ts'
import { hostOf } from '../../logic/links.ts'
import { Glyph } from '../parts/glyph.tsx'
import { Picture } from './picture.tsx'
import type { Shot } from './shot.ts'

/** A link's card. `plain`: the network makes it of the page itself, and we show what we know of it. */
export function Card({ link, media }: { link: PostLink; media: Shot['media'] }) {
  const item = link.image && media.get(link.image.id)
  return (
    <div className="mooring-shot-card" data-picture={item !== undefined}>
      {item && (
        <span className="mooring-shot-card-picture">
          <Picture item={item} />
        </span>
      )}
      <span className="mooring-shot-card-words">
        <b>{link.title === undefined || link.title === '' ? hostOf(link.url) : link.title}</b>
        <small>{hostOf(link.url)}</small>
      </span>
    </div>
  )
}

export function Poll({ poll }: { poll: PostPoll }) {
  return (
    <div className="mooring-shot-poll">
      {poll.question !== '' && <b>{poll.question}</b>}
      <ul>
        {poll.options.map((option, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an answer is its place
          <li key={place}>{option === '' ? `Answer ${place + 1}` : option}</li>
        ))}
      </ul>
      <small>0 votes · {spanName(poll.minutes)} left</small>
    </div>
  )
}

interface CommentProps {
  by: string
  text: string
}

export const Comment = ({ by, text }: CommentProps) => (
  <p className="mooring-shot-comment">
    <Glyph name="reply" size={14} />
    <span>
      <b>{by}</b> {text}
    </span>
  </p>
)
