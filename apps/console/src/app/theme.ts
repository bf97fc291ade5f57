import { useState } from 'react'

export const THEMES = ['system', 'dark', 'light'] as const
export type Theme = (typeof THEMES)[number]

/** The same key that public/theme.js reads before the first paint. */
const KEY = 'mooring.theme'

function stored(): Theme {
  const chosen = document.documentElement.dataset.theme
  return chosen === 'dark' || chosen === 'light' ? chosen : 'system'
}

function apply(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    if (theme === 'system') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, theme)
  } catch {
    // No storage: it lasts as long as the page.
  }
}

export function useTheme() {
  const [theme, setTheme] = useState(stored)
  return {
    theme,
    choose: (next: Theme) => {
      apply(next)
      setTheme(next)
    },
  }
}
