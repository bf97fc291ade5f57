import { Drawn } from '../icon.tsx'
import { GLYPHS, type GlyphName } from './glyphs.ts'

export const Glyph = ({ name, size = 14 }: { name: GlyphName; size?: number }) => (
  <Drawn shape={GLYPHS[name]} size={size} />
)
