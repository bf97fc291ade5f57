// Before the first paint: a theme that the person chose wins over the system's.
;(() => {
  try {
    const chosen = localStorage.getItem('mooring.theme')
    if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset.theme = chosen
  } catch {
    // No storage: the system's theme it is.
  }
})()
