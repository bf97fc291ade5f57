/** `(id,logoV2(original~:playableStreams))` as a tree. `true` means the whole field. */
export type Projection = { [field: string]: Projection | true }

/** Reads a /v2 projection; undefined where the brackets do not match. On /rest projections are refused since 202305 to 202307. */
export function readProjection(source: string): Projection | undefined {
  let at = 0
  const level = (): Projection | undefined => {
    if (source[at++] !== '(') return undefined
    const fields: Projection = {}
    for (;;) {
      const name = /^[^(),]+/.exec(source.slice(at))?.[0]
      if (!name) return undefined
      at += name.length
      let inner: Projection | true = true
      if (source[at] === '(') {
        const nested = level()
        if (!nested) return undefined
        inner = nested
      }
      fields[name] = inner
      const next = source[at++]
      if (next === ')') return fields
      if (next !== ',') return undefined
    }
  }
  const tree = level()
  return tree && at === source.length ? tree : undefined
}

type Fields = Record<string, unknown>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Decorates a field `name~:how` of an object: the looked-up value goes under `name~`, an error under `name!`. */
export type Decorate = (value: unknown) => { ok: unknown } | { error: unknown }

export function project(value: Fields, wanted: Projection, decorate: Decorate): Fields {
  const out: Fields = {}
  for (const [asked, inner] of Object.entries(wanted)) {
    const name = asked.split('~')[0] ?? asked
    const found = value[name]
    if (found === undefined) continue
    out[name] = inner !== true && isFields(found) && !asked.includes('~') ? project(found, inner, decorate) : found
    if (!asked.includes('~')) continue
    const result = decorate(found)
    if ('ok' in result) out[`${name}~`] = result.ok
    else out[`${name}!`] = result.error
  }
  return out
}
