import { useId } from 'react'
import type { MediaItem, MediaUse } from '../../api.ts'
import { fileSize } from '../../logic/post-words.ts'
import { IconButton } from '../parts/button.tsx'
import { Glyph } from '../parts/glyph.tsx'
import { useDesk } from './context.ts'

interface MediaDetailsProps {
  use: MediaUse
  item: MediaItem | undefined
  at: string
  number: number
  of: number
  onChange: (use: MediaUse) => void
  onMove: (by: number) => void
  onRemove: () => void
}

/** What is said of the file that is open, and where it stands. */
export function MediaDetails({ use, item, at, number, of, onChange, onMove, onRemove }: MediaDetailsProps) {
  const { taken } = useDesk()
  const document = item?.kind === 'document'
  const most = document ? 300 : taken.altText
  const value = (document ? use.title : use.alt) ?? ''
  const id = useId()
  const write = (text: string) => onChange(document ? { ...use, title: text } : { ...use, alt: text })
  return (
    <div className="mooring-details" data-slot="media-details">
      <div className="mooring-details-head">
        {most > 0 ? (
          <label htmlFor={id}>{document ? `Title of document ${number}` : `Alt text for file ${number}`}</label>
        ) : (
          <span>{`No chosen account takes alt text`}</span>
        )}
        {most > 0 && (
          <span className="mooring-details-count" data-tone={value.length > most ? 'bad' : undefined}>
            {value.length.toLocaleString('en')} / {most.toLocaleString('en')}
          </span>
        )}
      </div>
      {most > 0 && (
        <textarea
          id={id}
          rows={2}
          data-at={document ? `${at}.title` : `${at}.alt`}
          value={value}
          placeholder={document ? 'What readers see above it' : 'Say what it shows, in one sentence'}
          onChange={(event) => write(event.target.value)}
        />
      )}
      <div className="mooring-details-foot">
        <span>{item && `${item.fileName}, ${factsOf(item)}`}</span>
        <IconButton label="Move to the left" blocked={number === 1} onClick={() => onMove(-1)}>
          <Glyph name="chevron-left" size={16} />
        </IconButton>
        <IconButton label="Move to the right" blocked={number === of} onClick={() => onMove(1)}>
          <Glyph name="chevron-right" size={16} />
        </IconButton>
        <IconButton label="Remove this file" onClick={onRemove}>
          <Glyph name="trash" size={14} />
        </IconButton>
      </div>
    </div>
  )
}

const factsOf = ({ width, height, bytes }: MediaItem): string =>
  [width !== null && height !== null ? `${width} × ${height}` : undefined, fileSize(bytes)].filter(Boolean).join(', ')
