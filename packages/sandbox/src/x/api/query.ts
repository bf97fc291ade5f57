import type { Answer, Ask } from '../../core/ask.ts'
import type { Settings } from '../settings.ts'
import { parameterInvalid } from './invalid.ts'

/** The refusal of the first parameter of a query that the endpoint does not have. */
export function unknownParameter(settings: Settings, ask: Ask, known: readonly string[]): Answer | undefined {
  for (const [name, value] of ask.query)
    if (!known.includes(name))
      return parameterInvalid(settings, name, value, `The query parameter [${name}] is not one of [${known.join(',')}]`)
  return undefined
}

/** Values between commas, or the refusal of the first that is none of those known. */
export function listed(settings: Settings, ask: Ask, name: string, known: readonly string[]): string[] | Answer {
  const asked = (ask.query.get(name) ?? '').split(',').filter(Boolean)
  const unknown = asked.find((one) => !known.includes(one))
  if (unknown === undefined) return asked
  return parameterInvalid(
    settings,
    name,
    unknown,
    `The \`${name}\` query parameter value [${unknown}] is not one of [${known.join(',')}]`,
  )
}
