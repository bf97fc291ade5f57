import { type Answer, type Ask, text } from '../../core/ask.ts'
import { noDataMap, schemaFaults } from './errors.ts'
import { faultsOf, isFields, type Shape } from './shape.ts'

/** The JSON object of a request that has the shape; else the refusal. `Body` is what the shape says it is. */
export function readBody<Body>(ask: Ask, shape: Shape): { body: Body } | { refused: Answer } {
  const type = (ask.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') return { refused: noDataMap() }
  let value: unknown
  try {
    value = JSON.parse(text(ask))
  } catch {
    return { refused: noDataMap() }
  }
  if (!isFields(value)) return { refused: noDataMap() }
  const faults = faultsOf(value, shape)
  return faults.length > 0 ? { refused: schemaFaults(faults) } : { body: value as Body }
}
