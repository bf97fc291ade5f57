/** Files in the form that a platform takes, where it takes no other. */
import type { PostContent, PostMedia } from '../provider-publishing.ts'
import type { Acting } from './acting.ts'
import { allFiles, asPostMedia, withFiles } from './content.ts'
import type { Publishing } from './publishing.ts'

/** Throws what `MediaFiles.variant` throws. Made once for each form. */
export async function fitted({ files }: Publishing, content: PostContent, acting: Acting): Promise<PostContent> {
  const { publisher, as, caller } = acting
  const changed = new Map<string, PostMedia>()
  for (const media of allFiles(content)) {
    const fit = changed.has(media.id) ? undefined : publisher.fit?.(media, content, as)
    if (fit) changed.set(media.id, asPostMedia(await files.variant(caller.workspace, media, fit), media))
  }
  return withFiles(content, changed)
}
