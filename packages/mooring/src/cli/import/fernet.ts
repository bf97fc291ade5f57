/** Sealed columns of Python apps. The keys come from the environment and open here alone. */
import { MooringError } from '../../error.ts'
import { openFernet } from '../../vault/fernet.ts'
import { decodeFernetKey } from '../../vault/fernet-key.ts'
import type { Open } from './record.ts'

export const KEYS_VARIABLE = 'MOORING_IMPORT_FERNET_KEYS'

/** The keys of a variable, parted by commas. Throws `config_invalid` for one that is none, by its place. */
export function fernetKeys(value: string | undefined): string[] {
  const keys = (value ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '')
  const bad = keys.findIndex((key) => decodeFernetKey(key) === undefined)
  if (bad < 0) return keys
  throw new MooringError('config_invalid', 'A Fernet key cannot be used.', {
    detail: `  ${KEYS_VARIABLE}: key ${bad + 1} is not 32 bytes of urlsafe base64.\n    Give the keys of the old system as they are, parted by commas.`,
  })
}

/** Opens with the first key that fits; undefined when none does, or there is none. */
export const opener =
  (keys: readonly string[]): Open =>
  (sealed) => {
    try {
      return openFernet(unwrapped(sealed), keys)
    } catch {
      return undefined
    }
  }

/** Version, time, iv, at least a block, mac: https://github.com/fernet/spec/blob/master/Spec.md */
const HEAD_AND_MAC = 1 + 8 + 16 + 32

/** It has a Fernet token's form; whether it is one, the mac says. */
export function looksSealed(value: string): boolean {
  const text = unwrapped(value)
  if (!/^gAAAAA[\w-]+={0,2}$/.test(text)) return false
  const { length } = Buffer.from(text, 'base64url')
  return length > HEAD_AND_MAC && (length - HEAD_AND_MAC) % 16 === 0
}

/** Python prints bytes as `b'…'`, and some apps wrap the token, which is base64 already, in base64 once more. */
function unwrapped(value: string): string {
  const text = /^b(['"])(.*)\1$/s.exec(value)?.[2] ?? value
  return /^Z0FBQUFB[\w+/=-]+$/.test(text) ? Buffer.from(text, 'base64').toString('latin1') : text
}
