import Bowser from 'bowser'

/** "Chrome on Linux", as far as the browser told it. Pure. */
export function browserName(agent: string | null): string {
  if (agent === null || agent === '') return 'Another program'
  const { browser, os } = Bowser.parse(agent)
  if (!browser.name) return 'Another program'
  return os.name ? `${browser.name} on ${os.name}` : browser.name
}
