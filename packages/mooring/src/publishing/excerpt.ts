/** What a platform answered, for the operator: cut, and without the token that the call carried. Pure. */
import type { ApiAnswer } from '../provider.ts'

const MOST = 600

export function excerptOf(answer: ApiAnswer, secrets: readonly string[]): string | null {
  if (answer.body === undefined) return null
  let text = JSON.stringify(answer.body)
  for (const secret of secrets) if (secret !== '') text = text.replaceAll(secret, '[redacted]')
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text
}
