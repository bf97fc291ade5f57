import { Avatar } from '../avatar.tsx'
import { Glyph } from '../parts/glyph.tsx'
import { Card, Comment, Poll } from './extras.tsx'
import { Pictures } from './pictures.tsx'
import { itemsOf, type Shot } from './shot.ts'
import { Words } from './words.tsx'

/** About three lines of its feed. */
const FOLDED = 210

export function LinkedInShot(shot: Shot) {
  const { account, content, media, when, fits } = shot
  const items = itemsOf(shot, content.media)
  return (
    <>
      <header className="mooring-shot-head">
        <Avatar label={account.label} kind={account.kind} picture={account.picture} size={32} />
        <p>
          <b>{account.label}</b>
          <small>
            {when} · <Glyph name={content.visibility === 'connections' ? 'users' : 'globe'} size={11} />
          </small>
        </p>
      </header>
      <div className="mooring-shot-body">
        <Words text={content.text} fits={fits} folded={fits === undefined ? FOLDED : undefined} />
      </div>
      <Pictures items={items} most={5} layout="mosaic" title={content.media[0]?.title} />
      {content.poll && <Poll poll={content.poll} />}
      {content.link && items.length === 0 && <Card link={content.link} media={media} />}
      <footer className="mooring-shot-acts" aria-hidden="true">
        <span>
          <Glyph name="thumbs-up" /> Like
        </span>
        <span>
          <Glyph name="message-square" /> Comment
        </span>
        <span>
          <Glyph name="repeat-2" /> Repost
        </span>
        <span>
          <Glyph name="send" /> Send
        </span>
      </footer>
      {content.firstComment && <Comment by={account.label} text={content.firstComment} />}
    </>
  )
}
