/** Rest.li's look at a body: which fields there may be, which must, and of what type (linkedin/rest.li, ValidateDataAgainstSchema). */
export type Shape =
  | 'String'
  | 'Boolean'
  | 'Long'
  /** An object or list that is taken as it is. */
  | 'any'
  | { list: Shape }
  | { record: Readonly<Record<string, Shape>>; required?: readonly string[] }
  /** Exactly one of its members. */
  | { union: Readonly<Record<string, Shape>> }

type Fields = Record<string, unknown>
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const SCALARS = { String: 'string', Boolean: 'boolean', Long: 'number' } as const

const coerced = (path: string, value: unknown, type: string): string[] => [
  `${path} :: ${typeof value === 'object' ? JSON.stringify(value) : String(value)} cannot be coerced to ${type}`,
]

/** What is wrong with a value, as lines of `path :: reason`, in the order of the fields. */
export function faultsOf(value: unknown, shape: Shape, path = ''): string[] {
  if (shape === 'any') return typeof value === 'object' && value !== null ? [] : coerced(path, value, 'DataMap')
  if (typeof shape === 'string') {
    const fits = typeof value === SCALARS[shape] && (shape !== 'Long' || Number.isSafeInteger(value))
    return fits ? [] : coerced(path, value, shape)
  }
  if ('list' in shape) {
    if (!Array.isArray(value)) return coerced(path, value, 'DataList')
    return value.flatMap((one, i) => faultsOf(one, shape.list, `${path}/${i}`))
  }
  if (!isFields(value)) return coerced(path, value, 'DataMap')
  const known = 'union' in shape ? shape.union : shape.record
  const given = Object.entries(value).flatMap(([name, inner]) => {
    const expected = Object.hasOwn(known, name) ? known[name] : undefined
    return expected === undefined
      ? [`${path}/${name} :: unrecognized field found but not allowed`]
      : faultsOf(inner, expected, `${path}/${name}`)
  })
  if ('union' in shape) {
    const one = Object.keys(value).length === 1
    return one ? given : [`${path} :: DataMap should have exactly one entry for a union type`]
  }
  const missing = (shape.required ?? []).filter((name) => !Object.hasOwn(value, name))
  const absent = missing.map((name) => `${path}/${name} :: field is required but not found and has no default value`)
  return [...given, ...absent]
}
