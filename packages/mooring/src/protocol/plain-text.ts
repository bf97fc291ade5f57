/** What a platform wrote for people, made fit for an operator's eyes: text, short, and without anything that could be a secret. Pure. */

const ENTITIES: Record<string, string> = {
  quot: '"',
  '#34': '"',
  amp: '&',
  lt: '<',
  gt: '>',
  '#39': "'",
  '#x27': "'",
  apos: "'",
}
const MOST_CHARACTERS = 300

/**
 * Text of at most 300 characters. `secrets` are what we sent ourselves, which some platforms repeat; beside them
 * whatever is shaped like a token is left out. Some platforms escape their sentences for HTML before they put them into
 * an address or JSON (LinkedIn: `Scope &quot;r_x&quot; is not authorized`): that is undone once, and the rest is text.
 */
export function plainText(value: string, secrets: readonly (string | undefined)[] = []): string {
  const text = value.replace(
    /&(quot|#34|amp|lt|gt|#39|#x27|apos);/g,
    (entity, name: string) => ENTITIES[name] ?? entity,
  )
  return hide(text, secrets)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
    .trim()
    .slice(0, MOST_CHARACTERS)
    .toWellFormed()
}

/** A code as the platform sent it, if it looks like one and like no token. */
export function plainCode(value: unknown, secrets: readonly (string | undefined)[] = []): string | undefined {
  if (typeof value !== 'string' || !/^[A-Za-z0-9_.:/-]{1,60}$/.test(value)) return undefined
  return hide(value, secrets) === value ? value : undefined
}

function hide(text: string, secrets: readonly (string | undefined)[]): string {
  let shown = text
  // What is shorter than 8 characters is no secret, and would take letters out of words.
  for (const secret of secrets) if (secret !== undefined && secret.length >= 8) shown = shown.replaceAll(secret, '[…]')
  return shown.replace(/[A-Za-z0-9_\-.~+=/%]{20,}/g, (run) => (tokenShaped(run) ? '[…]' : run))
}

/**
 * Random text mixes letters, cases and digits and goes on for long; names of scopes, codes and hosts are words
 * (`r_organization_social_feed`, `REVOKED_ACCESS_TOKEN_65601`, `r_member_profileAnalytics`) and stay.
 */
function tokenShaped(run: string): boolean {
  const parts = run.split(/[^A-Za-z0-9]+/)
  const mixed = parts.filter((part) => /\d/.test(part) && /[A-Za-z]/.test(part))
  // A capital in front of a small letter may begin a word; every other change inside a part is odd.
  const changes = run.match(/[a-z](?=[A-Z0-9])|[A-Z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0
  if (mixed.length >= 2 || changes >= run.length / (run.length < 32 ? 4 : 7)) return true
  return mixed.some((part) => part.length >= 12) || parts.some((part) => part.length >= 24)
}
