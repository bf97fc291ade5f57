/** The guide for whoever adds a provider knows every field of the contract, and names nothing that is not there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { providers } from '../src/providers/index.ts'

const repository = join(import.meta.dirname, '../../..')
const read = (path: string) => readFileSync(join(repository, path), 'utf8')
const guide = read('docs/guides/adding-a-provider.md')

/** The members of an interface, in the source. */
function membersOf(source: string, name: string): string[] {
  const body = new RegExp(`export interface ${name}(?: extends \\w+)? \\{\\n([\\s\\S]*?)\\n\\}`).exec(source)?.[1] ?? ''
  return [...body.matchAll(/^ {2}(\w+)\??:/gm)].map((match) => match[1] ?? '')
}

describe('the guide', () => {
  it('has a row for every field of the contract, and for no other', () => {
    const fields = [
      ...membersOf(read('packages/mooring/src/provider.ts'), 'Provider'),
      ...membersOf(read('packages/mooring/src/provider-pictures.ts'), 'PictureSource'),
    ]
    expect(fields.length).toBeGreaterThan(25)
    const rows = [...guide.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map((match) => match[1]),
    )
    const known = new Set(fields)
    expect(rows.filter((one) => known.has(one ?? '')).toSorted()).toEqual(fields.toSorted())
  })

  it('names files that are there', () => {
    const named = [...guide.matchAll(/`((?:packages|apps|docs|e2e|scripts)\/[\w./-]+\.\w+)`/g)].map(
      (match) => match[1] ?? '',
    )
    expect(named.length).toBeGreaterThan(5)
    for (const path of named) if (!path.includes('acme')) expect(existsSync(join(repository, path)), path).toBe(true)
  })
})

/** At which people sign in with e-mail and password: called with a key, and no app is made. */
const CREDENTIALS = new Set(providers.filter((one) => one.credentials).map((one) => one.id))

describe.each(providers.map((one) => one.id))('%s', (id) => {
  it('has a page with its steps and the list of its facts', () => {
    const page = read(`docs/providers/${id}.md`)
    const first = CREDENTIALS.has(id) ? '## Get a key' : '## Create the app'
    for (const heading of [first, '## Settings', '## When it does not work', '## What is known of'])
      expect(page, heading).toContain(heading)
  })
})
