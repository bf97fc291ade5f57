import { useRef } from 'react'
import type { PostLink } from '../../api.ts'
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
  if (!link) return null
  const set = (to: Partial<PostLink>) => card.edit({ ...link, ...to })
  const looking = card.look?.state === 'looking'
  const sending = uploads.list.some((one) => one.place === placeOf(scope, 'link.image'))
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
            onChange={(url) => set({ url })}
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
