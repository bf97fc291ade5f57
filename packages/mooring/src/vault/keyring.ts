/** The keys that seal tokens: 32 bytes each, newest first. A key's id is drawn from the key, so nobody numbers them by hand. */
import { createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { MooringError } from '../error.ts'
import { decodeFernetKey, KEY_BYTES } from './fernet-key.ts'

/** As many sub-keys are kept ready, one a workspace and key; the one unused for longest goes first. About 3 MB. */
const MOST_SUBKEYS = 10_000

export interface KeyRing {
  /** The id of the key that seals. */
  readonly newest: string
  /** The ids of all keys that open, newest first. */
  readonly kids: readonly string[]
  /** The key of one workspace under this key id; undefined for an id that is not in the ring. */
  subkey(kid: string, workspace: string): KeyObject | undefined
  /** 32 bytes for another purpose from every key, newest first: the first signs, all verify, so that a signature outlives a rotation. */
  derive(purpose: string): Buffer[]
}

/** Throws `config_invalid`, which never repeats a key, for an empty list, a wrong length or a key named twice. */
export function createKeyRing(keys: string): KeyRing {
  const masters = readKeys(keys)
  const kids = Object.freeze([...masters.keys()])
  const subkeys = createSubkeys(masters, MOST_SUBKEYS)
  const ring: KeyRing = {
    newest: kids[0] ?? '',
    kids,
    subkey: subkeys,
    derive: (purpose) => [...masters.values()].map((master) => hkdf(master, `purpose/${purpose}`, KEY_BYTES)),
  }
  return Object.freeze(Object.assign(ring, { [inspect.custom]: () => `[KeyRing ${kids.join(' ')}]` }))
}

/** A new key in Fernet's form: 44 characters of urlsafe base64. */
export const generateKey = (random: (bytes: number) => Buffer = randomBytes): string =>
  random(KEY_BYTES).toString('base64url').padEnd(44, '=')

function readKeys(keys: string): Map<string, Buffer> {
  const masters = new Map<string, Buffer>()
  for (const [at, key] of keys.split(',').entries()) {
    const name = `Key ${at + 1}`
    if (key.trim() === '') throw fault(`${name} is empty.`)
    const master = decodeFernetKey(key.trim())
    if (!master) throw fault(`${name} is not 32 bytes of urlsafe base64.`)
    const kid = hkdf(master, 'kid', 6).toString('base64url')
    if (masters.has(kid)) throw fault(`${name} is in the list twice.`)
    masters.set(kid, master)
  }
  return masters
}

/** The lookup of sub-keys, least recently used first in the map. Exported for its test alone. */
export function createSubkeys(masters: ReadonlyMap<string, Buffer>, most: number): KeyRing['subkey'] {
  const ready = new Map<string, KeyObject>()
  return (kid, workspace) => {
    const id = `${kid} ${workspace}`
    let key = ready.get(id)
    if (key) {
      ready.delete(id)
    } else {
      const master = masters.get(kid)
      if (!master) return undefined
      // The raw key is never used by itself: the same bytes may still serve Fernet in an application that is moving
      // over. A key a workspace stays far below the 2^32 messages of NIST SP 800-38D §8.3.
      // A KeyObject makes a cipher nine times as fast as bytes do, and does not print them.
      key = createSecretKey(hkdf(master, `workspace/${workspace}`, KEY_BYTES))
      if (ready.size >= most) ready.delete(ready.keys().next().value ?? '')
    }
    ready.set(id, key)
    return key
  }
}

const hkdf = (key: Buffer, info: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', `mooring/v1/${info}`, bytes))

const fault = (what: string) =>
  new MooringError('config_invalid', 'The vault keys cannot be used.', {
    detail: `  MOORING_VAULT_KEYS: ${what}\n    Make one with \`npx mooring keys generate\`; several are parted by commas, newest first.`,
  })
