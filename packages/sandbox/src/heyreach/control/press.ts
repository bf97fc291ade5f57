import type { HeyReachCommand } from './command.ts'

/** A button of a row, as a command; undefined where there is none such. */
export function pressHeyReach(act: string, row: string): HeyReachCommand | undefined {
  const id = Number(row)
  switch (act) {
    case 'lose':
      return { seat: { id, authIsValid: false } }
    case 'mend':
      return { seat: { id, authIsValid: true, restricted: false } }
    case 'restrict':
      return { seat: { id, restricted: true } }
    case 'delete':
      return { deleteSeat: { id } }
    case 'approve':
    case 'expire':
      return { login: { id, do: act } }
    default:
      return undefined
  }
}
