/** The form of a key that Fernet gave the world: 32 bytes of urlsafe base64, 44 characters with padding. Pure. */
export const KEY_BYTES = 32

/** The key's bytes; undefined for another length, another alphabet (`+` and `/` too) or anything around it. */
export const decodeFernetKey = (key: string): Buffer | undefined =>
  /^[A-Za-z0-9_-]{43}=?$/.test(key) ? Buffer.from(key, 'base64url') : undefined
