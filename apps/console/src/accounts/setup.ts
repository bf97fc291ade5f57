import { type Registration, sentenceList } from '@mooring/react'

export interface SetupStep {
  text: string
  /** The redirect address stands below it, to copy. */
  address: boolean
}

/** The provider's steps, with the address taken out of the sentence, and what a provider left out added. Pure. */
export function stepsOf({ setup, redirectUri, env }: Pick<Registration, 'setup' | 'redirectUri' | 'env'>): SetupStep[] {
  const steps = setup.map((text) => ({
    text: text
      .replace(redirectUri, '')
      .replace(/\s+([,.])/g, '$1')
      .replace(/\s+/g, ' ')
      .trim(),
    address: text.includes(redirectUri),
  }))
  if (!steps.some((step) => step.address)) steps.push({ text: 'Register this address there:', address: true })
  const required = env.filter((one) => one.required).map((one) => one.name)
  if (required.length > 0 && !setup.some((text) => required.some((name) => text.includes(name)))) {
    steps.push({ text: `Set ${sentenceList(required)}, then restart.`, address: false })
  }
  return steps
}

export interface SetupPart {
  text: string
  /** It is the name of an environment variable. */
  name: boolean
}

/** A sentence cut at the environment's names, so that they can be set in mono. Pure. */
export function partsOf(text: string, env: Registration['env']): SetupPart[] {
  // Longest first: a name may begin with another.
  const names = env.map((one) => one.name).sort((a, b) => b.length - a.length)
  if (names.length === 0) return [{ text, name: false }]
  const cut = text.split(new RegExp(`\\b(${names.join('|')})\\b`))
  return cut.map((part, index) => ({ text: part, name: index % 2 === 1 })).filter((part) => part.text !== '')
}
