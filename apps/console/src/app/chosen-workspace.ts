/** In which of their workspaces this browser acts, over visits. Its server says whether it still may. */
const KEY = 'mooring-workspace'

/** Read once: another tab may go over to another workspace, and what is written on this page is of this one. */
let chosen = stored()

export const chosenWorkspace = (): string | undefined => chosen

/** Everything on the page belongs to the other one: it is loaded anew, and acts in the old one until it is gone. */
export function switchWorkspace(id: string): void {
  try {
    localStorage.setItem(KEY, id)
  } catch {}
  window.location.assign('/accounts')
}

export function forgetWorkspace(): void {
  chosen = undefined
  try {
    localStorage.removeItem(KEY)
  } catch {}
}

function stored(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined
  } catch {
    return undefined
  }
}
