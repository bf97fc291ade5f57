/** `id,name,picture.type(large),instagram_business_account{id,username}`: what is asked, as a tree. */
export interface Field {
  name: string
  modifiers: string
  fields: Field[]
}

/** Undefined where it cannot be read. */
export function parseFields(text: string): Field[] | undefined {
  let at = 0
  const list = (nested: boolean): Field[] | undefined => {
    const found: Field[] = []
    for (;;) {
      const name = /^\s*([a-z_][a-z0-9_]*)/i.exec(text.slice(at))
      if (!name) return found.length === 0 && !nested && text.slice(at).trim() === '' ? found : undefined
      at += name[0].length
      const modifiers = /^(?:\.[a-z_]+\([^()]*\))*/i.exec(text.slice(at))?.[0] ?? ''
      at += modifiers.length
      let fields: Field[] = []
      if (text[at] === '{') {
        at += 1
        const inner = list(true)
        if (!inner || text[at] !== '}') return undefined
        at += 1
        fields = inner
      }
      found.push({ name: name[1] ?? '', modifiers, fields })
      const next = /^\s*,/.exec(text.slice(at))
      if (!next) return found
      at += next[0].length
    }
  }
  const found = list(false)
  return found && text.slice(at).trim() === '' ? found : undefined
}
