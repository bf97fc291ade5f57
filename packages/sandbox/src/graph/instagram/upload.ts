import { json } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { newUpload, processingFailed, receive } from '../media/upload.ts'
import type { Stage } from './book.ts'
import { type Container, DAY_MS } from './container.ts'
import { process } from './create.ts'
import { largestVideo } from './judge-file.ts'

/** `POST rupload.facebook.com/ig-api-upload/{version}/{container}`: the bytes of a container that waits for them. */
export async function uploadVideo(stage: Stage, container: Container, ask: Ask): Promise<Answer> {
  if (container.readyAt !== null || stage.now >= container.createdAt + DAY_MS) return processingFailed()
  const { uploads } = stage.book
  // Of one that was begun before a restart nothing is left.
  const upload = uploads.get(container.id) ?? newUpload()
  uploads.set(container.id, upload)
  const refusal = await receive(upload, ask, largestVideo(container.type))
  if (refusal) return refusal
  uploads.delete(container.id)
  process(stage, container, upload.reader.end())
  return json(200, { success: true, message: 'Upload successful.' })
}
