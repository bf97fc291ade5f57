/**
 * Puts the focus on the part that `at` names, or on the nearest: the first in it (`link`: the link's address), else what holds
 * it (`media.0.alt`: `media.0`, then `media`).
 */
export function focusAt(root: HTMLElement | null, at: string): void {
  for (let path = at; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const name = CSS.escape(path)
    const found =
      root?.querySelector<HTMLElement>(`[data-at="${name}"]`) ??
      root?.querySelector<HTMLElement>(`[data-at^="${name}."]`)
    if (!found) continue
    found.scrollIntoView({ block: 'nearest' })
    found.focus()
    return
  }
}
