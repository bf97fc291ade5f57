import { json } from '../../core/answer.ts'
import type { Answer } from '../../core/ask.ts'
import type { Gate, Resource } from '../api/gate.ts'
import { idInvalid, parameterInvalid } from '../api/invalid.ts'
import { unknownParameter } from '../api/query.ts'
import { isId } from '../posts/snowflake.ts'
import { notThere } from './refusals.ts'
import { uploadView } from './view.ts'

export const STATUS: Gate = { endpoint: 'x.upload-status', scopes: ['media.write'], limit: 1000, price: 0 }

/** GET /2/media/upload: how far the processing is. `command` may be left out (OpenAPI 2.167). */
export const status: Resource = ({ state, clock }, { user }, ask): Answer => {
  const { settings } = state
  const unknown = unknownParameter(settings, ask, ['command', 'media_id'])
  if (unknown) return unknown
  const command = ask.query.get('command') ?? 'STATUS'
  if (command !== 'STATUS')
    return parameterInvalid(
      settings,
      'command',
      command,
      `The \`command\` query parameter value [${command}] is not one of [STATUS]`,
    )
  const id = ask.query.get('media_id') ?? ''
  if (!isId(id)) return idInvalid(settings, 'media_id', id)
  const media = state.media.get(id)
  if (media?.owner !== user.key || !media.processing || clock.now() >= media.expiresAt) return notThere(settings)
  return json(200, { data: uploadView(media, clock.now()) })
}
