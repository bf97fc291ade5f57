import type { Upload } from '../../logic/uploads.ts'
import { IconButton } from '../parts/button.tsx'
import { Glyph } from '../parts/glyph.tsx'
import { useDesk } from './context.ts'

/** A file on its way, or what kept it. */
export function UploadTile({ upload }: { upload: Upload }) {
  const { uploads } = useDesk()
  const { key, file, part, state, error } = upload
  const percent = Math.round(part * 100)
  const failed = state === 'failed'
  return (
    <li className="mooring-upload" data-failed={failed} data-slot="upload">
      <span className="mooring-upload-name">{file.name}</span>
      {failed ? (
        <p role="alert">{error}</p>
      ) : (
        <progress aria-label={`Sending ${file.name}`} max={100} value={percent} />
      )}
      <span className="mooring-upload-acts">
        {failed && (
          <IconButton label={`Try ${file.name} again`} onClick={() => uploads.again(key)}>
            <Glyph name="upload" size={14} />
          </IconButton>
        )}
        <IconButton
          label={failed ? `Leave out ${file.name}` : `Stop sending ${file.name}`}
          onClick={() => uploads.giveUp(key)}
        >
          <Glyph name="x" size={14} />
        </IconButton>
      </span>
    </li>
  )
}
