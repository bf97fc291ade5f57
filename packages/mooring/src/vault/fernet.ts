/**
 * Opens Fernet tokens (https://github.com/fernet/spec) for the import of what older systems left. The clock rules (age
 * limit, skew) are left out: an import must take a token of any age. Never used at run time.
 */
import { createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto'
import { MooringError } from '../error.ts'
import { decodeFernetKey } from './fernet-key.ts'

const VERSION = 0x80
/** Version, time, iv; the mac stands behind the ciphertext. */
const HEAD = 1 + 8 + 16
const MAC = 32
const BLOCK = 16

/**
 * The plaintext, under the first of the keys that fits. Throws `config_invalid` for a key that is none, and
 * `vault_tampered` for the rest: a wrong key and a changed token look alike.
 */
export function openFernet(token: string, keys: readonly string[]): string {
  const masters = keys.map((key, at) => {
    const bytes = decodeFernetKey(key)
    if (bytes) return bytes
    throw new MooringError('config_invalid', 'A Fernet key cannot be used.', {
      detail: `Fernet key ${at + 1} is not 32 bytes of urlsafe base64.`,
    })
  })
  const body = /^[A-Za-z0-9_-]+={0,2}$/.test(token) ? Buffer.from(token, 'base64url') : Buffer.alloc(0)
  const size = body.length - HEAD - MAC
  if (body[0] !== VERSION || size < BLOCK || size % BLOCK !== 0) throw refused()
  for (const master of masters) {
    const mac = createHmac('sha256', master.subarray(0, 16)).update(body.subarray(0, -MAC)).digest()
    if (timingSafeEqual(mac, body.subarray(-MAC))) return decrypt(body, master.subarray(16))
  }
  throw refused()
}

function decrypt(body: Buffer, key: Buffer): string {
  try {
    const decipher = createDecipheriv('aes-128-cbc', key, body.subarray(HEAD - 16, HEAD))
    const plain = Buffer.concat([decipher.update(body.subarray(HEAD, -MAC)), decipher.final()])
    // `ignoreBOM` keeps a byte order mark: what was sealed comes out, whole.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain)
  } catch {
    throw refused()
  }
}

const refused = () => new MooringError('vault_tampered', 'This value cannot be opened with the given keys.')
