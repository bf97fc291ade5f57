import { Avatar } from '../avatar.tsx'
import { Glyph } from '../parts/glyph.tsx'
import { Card, Comment } from './extras.tsx'
import { Pictures } from './pictures.tsx'
import { itemsOf, type Shot } from './shot.ts'
import { Words } from './words.tsx'

/** Its feed folds a post of words at about so many. */
const FOLDED = 477

export function FacebookShot(shot: Shot) {
  const { account, content, media, when, fits } = shot
  const items = itemsOf(shot, content.media)
  return (
    <>
      <header className="mooring-shot-head">
        <Avatar label={account.label} kind="person" picture={account.picture} size={32} />
        <p>
          <b>{account.label}</b>
          <small>
            {when} · <Glyph name="globe" size={11} />
          </small>
        </p>
      </header>
      <div className="mooring-shot-body">
        <Words text={content.text} fits={fits} folded={fits === undefined ? FOLDED : undefined} more="See more" />
      </div>
      <Pictures items={items} most={5} layout="mosaic" />
      {content.link && items.length === 0 && <Card link={content.link} media={media} />}
      <footer className="mooring-shot-acts" aria-hidden="true">
        <span>
          <Glyph name="thumbs-up" /> Like
        </span>
        <span>
          <Glyph name="message-circle" /> Comment
        </span>
        <span>
          <Glyph name="share" /> Share
        </span>
      </footer>
      {content.firstComment && <Comment by={account.label} text={content.firstComment} />}
    </>
  )
}
