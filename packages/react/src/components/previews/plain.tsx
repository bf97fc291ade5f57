import { AccountFace } from '../account-face.tsx'
import { Card, Comment, Poll } from './extras.tsx'
import { Pictures } from './pictures.tsx'
import { itemsOf, type Shot } from './shot.ts'
import { Words } from './words.tsx'

/** A network whose looks nobody drew yet: what it says, and in which order. */
export function PlainShot(shot: Shot) {
  const { account, content, media, when, fits } = shot
  const items = itemsOf(shot, content.media)
  return (
    <>
      <header className="mooring-shot-head">
        <AccountFace account={account} size={32} />
        <p>
          <b>{account.label}</b>
          <small>
            {account.providerName} · {when}
          </small>
        </p>
      </header>
      <div className="mooring-shot-body">
        <Words text={content.text} fits={fits} />
      </div>
      <Pictures items={items} most={5} layout="grid" />
      {content.poll && <Poll poll={content.poll} />}
      {content.link && items.length === 0 && <Card link={content.link} media={media} />}
      {content.thread?.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
        <div key={place} className="mooring-shot-body">
          <Words text={part.text} />
          <Pictures items={itemsOf(shot, part.media)} most={5} layout="grid" />
        </div>
      ))}
      {content.firstComment && <Comment by={account.label} text={content.firstComment} />}
    </>
  )
}
