import type { MediaItem } from '../../api.ts'
import { playTime } from '../../logic/post-words.ts'
import { count } from '../../logic/words.ts'
import { Glyph } from '../parts/glyph.tsx'
import { Picture } from './picture.tsx'

interface PicturesProps {
  items: readonly MediaItem[]
  /** So many are shown; the last says how many more there are. */
  most: number
  /** `mosaic`: the first is large. `grid`: all alike. */
  layout: 'mosaic' | 'grid'
  /** A document's name. */
  title?: string | undefined
}

/** Files as a feed lays them out. */
export function Pictures({ items, most, layout, title }: PicturesProps) {
  const [first] = items
  if (!first) return null
  if (first.kind === 'document') return <Document item={first} title={title} />
  if (first.kind === 'video') return <Film item={first} />
  const shown = items.slice(0, most)
  const rest = items.length - shown.length
  return (
    <div className="mooring-shot-pictures" data-layout={layout} data-count={shown.length} style={shapeOf(shown)}>
      {shown.map((item, place) => (
        <span key={item.id}>
          <Picture item={item} />
          {rest > 0 && place === shown.length - 1 && <b>+{rest}</b>}
        </span>
      ))}
    </div>
  )
}

/** One picture keeps its own shape, within what a feed allows; several share one. */
function shapeOf(items: readonly MediaItem[]): { aspectRatio: number } | undefined {
  const [only, ...more] = items
  if (!only || more.length > 0 || only.width === null || only.height === null) return undefined
  return { aspectRatio: Math.min(1.91, Math.max(0.8, only.width / only.height)) }
}

export const Film = ({ item }: { item: MediaItem }) => (
  <div className="mooring-shot-film" style={shapeOf([item])}>
    <Picture item={item} />
    <span className="mooring-shot-play">
      <Glyph name="play" size={22} />
    </span>
    {item.durationMs !== null && <span className="mooring-shot-time">{playTime(item.durationMs)}</span>}
  </div>
)

const Document = ({ item, title }: { item: MediaItem; title: string | undefined }) => (
  <div className="mooring-shot-document">
    <p>
      <b>{title === undefined || title === '' ? item.fileName : title}</b>
      {item.pages !== null && ` · ${count(item.pages, 'page')}`}
    </p>
    <Picture item={item} />
  </div>
)
