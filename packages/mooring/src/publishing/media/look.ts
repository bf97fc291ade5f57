/** Looks into a file: what kind it is, how long, how large. Whoever can be hurt by a file that was made to hurt does so in `aside.ts`. */
import type { Facts } from './probe.ts'
import { refuseEarly, sniff } from './sniff.ts'
import type { Source } from './source.ts'

export interface Task {
  /** `head`: these are the first bytes alone, and what is certain by them is refused. */
  what: 'head' | 'whole'
  fileName: string
}

/** Undefined: of a head there is nothing to tell. Throws `media_refused`, and whatever a library throws at what it cannot read. */
export async function look(
  source: Pick<Source, 'size' | 'read'>,
  { what, fileName }: Task,
): Promise<Facts | undefined> {
  if (what === 'head') return void (await refuseEarly(source))
  const { kind, mime } = await sniff(source, fileName)
  // Loaded where they are wanted.
  if (kind === 'video') return { kind, mime, ...(await (await import('./probe-film.ts')).filmFacts(source)) }
  if (mime !== 'application/pdf') return { kind, mime }
  return { kind, mime, pages: await (await import('./probe-pdf.ts')).pdfPages(source) }
}
