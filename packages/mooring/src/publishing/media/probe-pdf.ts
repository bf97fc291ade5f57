/** How many pages a PDF has: the one importer of PDF.js, as unpdf packs it for servers. */
import { getResolvedPDFJS } from 'unpdf'
import { MooringError } from '../../error.ts'
import { type Source, unreadable } from './source.ts'

/** Read as it is asked for: the count stands in some kilobytes at the end. Throws `media_refused`. */
export async function pdfPages(source: Pick<Source, 'size' | 'read'>): Promise<number> {
  const pdf = await getResolvedPDFJS()
  let failed: unknown
  const range = new (class extends pdf.PDFDataRangeTransport {
    override requestDataRange(from: number, to: number): void {
      source.read(from, to).then(
        (bytes) => this.onDataRange(from, bytes),
        (error) => {
          failed = error
          void task.destroy()
        },
      )
    }
  })(source.size, null)
  const task = pdf.getDocument({
    range,
    disableAutoFetch: true,
    disableStream: true,
    disableFontFace: true,
    verbosity: pdf.VerbosityLevel.ERRORS,
  })
  try {
    const { numPages } = await task.promise
    if (numPages < 1) throw unreadable()
    return numPages
  } catch (error) {
    if (failed) throw failed
    if ((error as Error).name === 'PasswordException')
      throw new MooringError('media_refused', 'This PDF is locked with a password. Save it without one.')
    throw error
  } finally {
    await task.destroy()
  }
}
