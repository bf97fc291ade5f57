import type { PostPart } from '../../api.ts'
import { atHandle } from '../../marks/networks.ts'
import { Avatar } from '../avatar.tsx'
import { Glyph } from '../parts/glyph.tsx'
import { Card, Poll } from './extras.tsx'
import { Pictures } from './pictures.tsx'
import { itemsOf, type Shot } from './shot.ts'
import { Words } from './words.tsx'

export function XShot(shot: Shot) {
  const { content, media } = shot
  const parts: PostPart[] = [content, ...(content.thread ?? [])]
  return (
    <>
      {parts.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
        <XPart key={place} shot={shot} part={part} first={place === 0} last={place === parts.length - 1}>
          {place === 0 && content.poll && <Poll poll={content.poll} />}
          {place === 0 && content.link && part.media.length === 0 && <Card link={content.link} media={media} />}
        </XPart>
      ))}
    </>
  )
}

interface XPartProps {
  shot: Shot
  part: PostPart
  first: boolean
  last: boolean
  children: React.ReactNode
}

function XPart({ shot, part, first, last, children }: XPartProps) {
  const { account, when, fits } = shot
  return (
    <div className="mooring-shot-x" data-last={last}>
      <span className="mooring-shot-x-side">
        <Avatar label={account.label} kind="person" picture={account.picture} size={32} />
      </span>
      <div>
        <p className="mooring-shot-x-head">
          <b>{account.label}</b>
          <small>
            {account.handle !== null && `${atHandle(account.handle)} · `}
            {when}
          </small>
        </p>
        <Words text={part.text} fits={first ? fits : undefined} />
        <Pictures items={itemsOf(shot, part.media)} most={4} layout="grid" />
        {children}
        <footer className="mooring-shot-acts" aria-hidden="true">
          <Glyph name="message-circle" />
          <Glyph name="repeat-2" />
          <Glyph name="heart" />
          <Glyph name="bookmark" />
          <Glyph name="share" />
        </footer>
      </div>
    </div>
  )
}
