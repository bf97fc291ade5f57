/**
 * A sealed field is `v1.<kid>.<base64url(iv ‖ ciphertext ‖ tag)>`, AES-256-GCM under the workspace's own key. Its
 * associated data is the JSON of ["v1", kid, workspace, record, field]: a value that is moved to another row, field or
 * workspace does not open. A list of strings cannot be shifted across its boundaries as joined text could.
 */
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'
import { MooringError } from '../error.ts'
import type { KeyRing } from './keyring.ts'

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16
const PREFIX = /^v1\.([A-Za-z0-9_-]{8})\./
const PREFIX_LENGTH = 12

export interface SealContext {
  workspace: string
  /** The row's id. */
  record: string
  /** The column. */
  field: string
}

export interface Vault {
  /** The ids of its keys: the first seals, all open. */
  readonly kids: readonly string[]
  /** Sealed under the newest key, with a new iv each time. */
  seal(plaintext: string, context: SealContext): string
  /** Throws `vault_unknown_key` (the operator took a key out too early) or `vault_tampered` (it is not what was sealed here). */
  open(sealed: string, context: SealContext): string
  /** Which key sealed it; undefined for what is no sealed value. */
  kidOf(sealed: string): string | undefined
  /** Sealed anew under the newest key; undefined when it is already. */
  rewrap(sealed: string, context: SealContext): string | undefined
}

export function createVault(ring: KeyRing, random: (bytes: number) => Buffer = randomBytes): Vault {
  const vault: Vault = {
    kids: ring.kids,
    seal(plaintext, context) {
      // A lone surrogate has no UTF-8: it would come out as another string than went in.
      if (!plaintext.isWellFormed()) throw new TypeError('text that is not well-formed cannot be sealed')
      const iv = random(IV_BYTES)
      const cipher = createCipheriv(CIPHER, subkey(ring, ring.newest, context), iv, { authTagLength: TAG_BYTES })
      cipher.setAAD(associated(ring.newest, context))
      const body = Buffer.concat([iv, cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `v1.${ring.newest}.${body.toString('base64url')}`
    },
    open(sealed, context) {
      const value = parse(sealed)
      if (!value) throw tampered(context)
      const { kid, body } = value
      const key = subkey(ring, kid, context)
      try {
        const decipher = createDecipheriv(CIPHER, key, body.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
        decipher.setAAD(associated(kid, context))
        decipher.setAuthTag(body.subarray(-TAG_BYTES))
        const plaintext = decipher.update(body.subarray(IV_BYTES, -TAG_BYTES))
        // Throws where the tag does not fit: until then nothing of the text may leave.
        decipher.final()
        return plaintext.toString('utf8')
      } catch {
        throw tampered(context)
      }
    },
    kidOf: (sealed) => parse(sealed)?.kid,
    rewrap: (sealed, context) =>
      vault.kidOf(sealed) === ring.newest ? undefined : vault.seal(vault.open(sealed, context), context),
  }
  return vault
}

function parse(sealed: string): { kid: string; body: Buffer } | undefined {
  const kid = PREFIX.exec(sealed)?.[1]
  if (kid === undefined) return undefined
  const encoded = sealed.slice(PREFIX_LENGTH)
  const body = Buffer.from(encoded, 'base64url')
  // Node skips what is not base64. What does not come out the same again carries something that nobody sealed.
  if (body.length < IV_BYTES + TAG_BYTES || body.toString('base64url') !== encoded) return undefined
  return { kid, body }
}

const associated = (kid: string, { workspace, record, field }: SealContext): Buffer =>
  Buffer.from(JSON.stringify(['v1', kid, workspace, record, field]))

function subkey(ring: KeyRing, kid: string, context: SealContext): KeyObject {
  const key = ring.subkey(kid, context.workspace)
  if (key) return key
  throw new MooringError('vault_unknown_key', 'We have to fix this, not you.', {
    detail: `A value is sealed with key ${kid}, which is not in MOORING_VAULT_KEYS. Put that key back.`,
  })
}

const tampered = ({ record, field }: SealContext) =>
  new MooringError('vault_tampered', 'A stored secret is not what was sealed. It was blocked.', {
    detail: `${field} of ${record} does not open: it was changed, or moved from another place.`,
  })
