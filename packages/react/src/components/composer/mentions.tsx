import { IconButton } from '../parts/button.tsx'
import { Glyph } from '../parts/glyph.tsx'
import { useDesk } from './context.ts'

/** Who is named by an id that the text does not show. */
export function Mentions() {
  const { content, write } = useDesk()
  const { mentions = [], text } = content
  if (mentions.length === 0) return null
  const remove = (name: string) => {
    const rest = mentions.filter((one) => one.name !== name)
    // Their name stays, as a word like another.
    write({ text: text.replaceAll(`@${name}`, name), mentions: rest.length === 0 ? undefined : rest })
  }
  return (
    <ul className="mooring-mentions" aria-label="Mentioned" data-slot="composer-mentions" data-at="mentions">
      {mentions.map(({ name, id }) => (
        <li key={name} title={id}>
          @{name}
          <IconButton label={`Do not mention ${name}`} onClick={() => remove(name)}>
            <Glyph name="x" size={13} />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}
