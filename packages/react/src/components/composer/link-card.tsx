import { useRef, useState } from 'react'
import type { PostLink } from '../../api.ts'
import { hostOf } from '../../logic/links.ts'
import { placeOf } from '../../logic/uploads.ts'
import { Button, IconButton, Spinner } from '../parts/button.tsx'
import { Glyph } from '../parts/glyph.tsx'
import { Picture } from '../previews/picture.tsx'
import { useDesk } from './context.ts'
import { Entry, Piece } from './piece.tsx'
import { useLinkCard } from './use-link-card.ts'

/** The card of a link, as it can be changed before it goes out. */
export function LinkCard() {
  const desk = useDesk()
  const card = useLinkCard(desk)
  const { content, taken, media, uploads, scope } = desk
  const files = useRef<HTMLInputElement>(null)
  const { link } = content
  const [open, setOpen] = useState(false)
  if (!link) return null
  const set = (to: Partial<PostLink>) => card.edit({ ...link, ...to })
  const looking = card.look?.state === 'looking'
  const sending = uploads.list.some((one) => one.place === placeOf(scope, 'link.image'))
  // Written by hand, it begins with its form; found in the text, with what was found.
  if (!open && link.url !== '')
    return (
      <div className="mooring-link-row" data-slot="link-card">
        <span className="mooring-link-picture">
          {looking || sending ? (
            <Spinner />
          ) : link.image ? (
            <Picture item={media.get(link.image.id)} />
          ) : (
            <Glyph name="link" size={18} />
          )}
        </span>
        <p>
          <b>{link.title === undefined || link.title === '' ? link.url : link.title}</b>
          <small>
            {card.look?.state === 'failed' ? (card.look.error ?? 'That page did not answer.') : hostOf(link.url)}
          </small>
        </p>
        <Button size="small" data-at="link" onClick={() => setOpen(true)}>
          Edit
          <span className="mooring-hidden"> the link</span>
        </Button>
        <IconButton label="Remove the link" onClick={card.takeOff}>
          <Glyph name="trash" size={14} />
        </IconButton>
      </div>
    )
  return (
    <Piece title="Link" at="link" onRemove={card.takeOff} removes="Remove the link">
      <div className="mooring-form">
        <div className="mooring-form-row">
          <Entry
            label="Address"
            type="url"
            inputMode="url"
            at="link.url"
            value={link.url}
            placeholder="https://"
            onChange={(url) => {
              setOpen(true)
              set({ url })
            }}
          />
          <Button size="small" busy={looking} blocked={link.url === ''} onClick={() => void card.lookUp(link.url)}>
            Look it up
          </Button>
        </div>
        {card.look?.state === 'failed' && (
          <p role="status" className="mooring-field-note">
            {card.look.error ?? 'That page did not answer.'}
          </p>
        )}
        {taken.card && (
          <div className="mooring-card-editor">
            <div className="mooring-card-picture">
              <button
                type="button"
                aria-label={link.image ? 'Another picture for the link' : 'Choose a picture for the link'}
                onClick={() => files.current?.click()}
              >
                {looking || sending ? (
                  <Spinner />
                ) : link.image ? (
                  <Picture item={media.get(link.image.id)} />
                ) : (
                  <Glyph name="image-plus" size={18} />
                )}
              </button>
              {link.image && (
                <IconButton label="No picture" onClick={() => set({ image: undefined })}>
                  <Glyph name="x" size={13} />
                </IconButton>
              )}
              <input
                ref={files}
                type="file"
                hidden
                accept="image/*"
                aria-label="Picture of the link"
                onChange={(event) => {
                  uploads.add(placeOf(scope, 'link.image'), [...(event.target.files ?? [])].slice(0, 1))
                  event.target.value = ''
                }}
              />
            </div>
            <div className="mooring-form">
              <Entry label="Title" at="link.title" value={link.title ?? ''} onChange={(title) => set({ title })} />
              <Entry
                label="Description"
                at="link.description"
                value={link.description ?? ''}
                onChange={(description) => set({ description })}
              />
            </div>
          </div>
        )}
        {!taken.card && <p className="mooring-field-note">The network makes its own card of the page.</p>}
      </div>
    </Piece>
  )
}
