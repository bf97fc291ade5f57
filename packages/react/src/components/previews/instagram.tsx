import { useState } from 'react'
import type { MediaItem } from '../../api.ts'
import { accountName } from '../../marks/networks.ts'
import { Avatar } from '../avatar.tsx'
import { Glyph } from '../parts/glyph.tsx'
import { Comment } from './extras.tsx'
import { Picture } from './picture.tsx'
import { itemsOf, type Shot } from './shot.ts'
import { Words } from './words.tsx'

const FOLDED = 125

export function InstagramShot(shot: Shot) {
  const { account, content, when, fits } = shot
  const items = itemsOf(shot, content.media)
  const tall = content.format === 'reel' || content.format === 'story'
  const name = accountName(account)
  return (
    <>
      <header className="mooring-shot-head">
        <Avatar label={account.label} kind="person" picture={account.picture} size={28} />
        <p>
          <b>{name}</b>
          {tall && <small>{content.format === 'reel' ? 'Reel' : 'Story'}</small>}
        </p>
      </header>
      <Carousel items={items} tall={tall} />
      {content.format !== 'story' && (
        <>
          <footer className="mooring-shot-acts" data-look="left" aria-hidden="true">
            <Glyph name="heart" size={20} />
            <Glyph name="message-circle" size={20} />
            <Glyph name="send" size={20} />
            <Glyph name="bookmark" size={20} />
          </footer>
          <div className="mooring-shot-body" data-by={name}>
            {content.text !== '' && <b>{name} </b>}
            <Words text={content.text} fits={fits} folded={fits === undefined ? FOLDED : undefined} more="… more" />
            <small>{when}</small>
          </div>
          {content.firstComment && <Comment by={name} text={content.firstComment} />}
        </>
      )}
    </>
  )
}

function Carousel({ items, tall }: { items: readonly MediaItem[]; tall: boolean }) {
  const [wanted, turn] = useState(0)
  const at = Math.min(wanted, Math.max(0, items.length - 1))
  const item = items[at]
  if (!item)
    return (
      <div className="mooring-shot-frame" data-tall={tall} data-empty="true">
        <Glyph name="image" size={24} />
        <span>A picture or a video comes here</span>
      </div>
    )
  return (
    <div className="mooring-shot-frame" data-tall={tall} style={tall ? undefined : { aspectRatio: shapeOf(items) }}>
      <Picture item={item} />
      {items.length > 1 && (
        <>
          <span className="mooring-shot-time">
            {at + 1}/{items.length}
          </span>
          <button
            type="button"
            data-side="left"
            aria-label="The picture before"
            hidden={at === 0}
            onClick={() => turn(at - 1)}
          >
            <Glyph name="chevron-left" size={16} />
          </button>
          <button
            type="button"
            data-side="right"
            aria-label="The next picture"
            hidden={at === items.length - 1}
            onClick={() => turn(at + 1)}
          >
            <Glyph name="chevron-right" size={16} />
          </button>
        </>
      )}
    </div>
  )
}

/** The first picture's shape is that of all, from 4:5 to 1.91:1. */
function shapeOf([first]: readonly MediaItem[]): number {
  if (!first?.width || !first.height) return 1
  return Math.min(1.91, Math.max(0.8, first.width / first.height))
}
