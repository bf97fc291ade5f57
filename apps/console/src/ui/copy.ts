import { notify } from './notify.tsx'

/** The clipboard needs https or localhost; elsewhere the text stays to be marked by hand, and the person is told. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    notify.bad('This browser does not let us copy. Mark the text and copy it yourself.')
    return false
  }
}
