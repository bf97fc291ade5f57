import type { Candidate } from '../api.ts'

/** "1 account", "3 accounts". */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`

/** "Organization", "Ad account". */
export const kindName = (kind: string): string => {
  const words = kind.replace(/[_-]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const pluralKind = (kind: string) =>
  kind === 'person' ? 'people' : kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`

/** "1 person and 2 organizations". */
export function kindsSummary(kinds: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return sentenceList([...counts].map(([kind, number]) => count(number, kindWords(kind), pluralKind(kindWords(kind)))))
}

const kindWords = (kind: string) => kind.replace(/[_-]+/g, ' ')

/** Why a row cannot be chosen; else what it is, and where else of this person's it is connected. */
export function rowNote({ reason, note, handle, elsewhere }: Candidate): string {
  if (reason !== null) return reason
  const also =
    elsewhere.length === 0 ? undefined : `also connected in ${sentenceList(elsewhere.map((one) => one.workspace))}`
  const parts = [note ?? handle, also].filter((part) => part !== null && part !== undefined)
  const line = parts.join(', ')
  return line.charAt(0).toUpperCase() + line.slice(1)
}

/** "a, b and c". */
export const sentenceList = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

/** The first letters of the first and the last word: "Mara Lindqvist" is ML. */
export function initials(label: string): string {
  const words = label
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .split(/\s+/)
    .filter(Boolean)
  const letters = words.length < 2 ? [words[0]] : [words[0], words.at(-1)]
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}
