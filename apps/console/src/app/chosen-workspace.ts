/** In which of their workspaces this browser acts, over visits. Its server says whether it still may. */
const KEY = 'mooring-workspace'

export function chosenWorkspace(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined
  } catch {
    return undefined
  }
}

/** Everything on the page belongs to the other one: it is loaded anew. */
export function switchWorkspace(id: string): void {
  try {
    localStorage.setItem(KEY, id)
  } catch {}
  window.location.assign('/accounts')
}

export function forgetWorkspace(): void {
  try {
    localStorage.removeItem(KEY)
  } catch {}
}
