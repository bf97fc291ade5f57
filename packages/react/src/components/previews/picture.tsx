import type { MediaItem } from '../../api.ts'
import { useMooring } from '../../provider.tsx'
import { Glyph } from '../parts/glyph.tsx'

/** A file as a picture; what has none says its kind. `alt`: where it is not described beside it. */
export function Picture({ item, alt = '' }: { item: MediaItem | undefined; alt?: string | undefined }) {
  const client = useMooring()
  if (!item) return <Stand name="image" />
  if (item.preview !== null)
    return (
      <img
        src={client.addressWithin(item.preview)}
        alt={alt}
        width={item.width ?? undefined}
        height={item.height ?? undefined}
        loading="lazy"
        draggable={false}
      />
    )
  if (item.kind === 'video')
    // Its first picture, without a sound and without a caption to show.
    return (
      <video
        src={`${client.addressWithin(item.url)}#t=0.1`}
        preload="metadata"
        muted
        playsInline
        tabIndex={-1}
        aria-hidden="true"
      />
    )
  return <Stand name={item.kind === 'document' ? 'file-text' : 'image'} />
}

const Stand = ({ name }: { name: 'image' | 'file-text' }) => (
  <span className="mooring-stand">
    <Glyph name={name} size={22} />
  </span>
)
