/**
 * The form of an API key: `mk_live_` or `mk_test_`, 33 letters and digits (192 random bits), and the CRC-32 of all before
 * in six more. A secret scanner finds it by its shape and knows by the checksum, without asking anybody, that it is one.
 * Pure.
 */
import { crc32 } from 'node:zlib'

/** `test`: for simulated platforms alone. */
export type KeyMode = 'live' | 'test'

const RANDOM_BYTES = 24
const BODY = 33
const SUM = 6
const FORM = new RegExp(`^mk_(?:live|test)_[0-9A-Za-z]{${BODY + SUM}}$`)
/** So many characters tell keys apart, and are shown. */
const PREFIX = 12

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

function base62(value: bigint, length: number): string {
  let text = ''
  for (let rest = value; rest > 0n; rest /= 62n) text = LETTERS[Number(rest % 62n)] + text
  return text.padStart(length, '0')
}

const sumOf = (text: string): string => base62(BigInt(crc32(text)), SUM)

export function newKey(mode: KeyMode, random: (bytes: number) => Buffer): string {
  const text = `mk_${mode}_${base62(BigInt(`0x${random(RANDOM_BYTES).toString('hex')}`), BODY)}`
  return text + sumOf(text)
}

/** It has the form and not the checksum: mistyped, cut or made up. Keys of other forms (older, the configuration's) are not judged. */
export const isBroken = (key: string): boolean => FORM.test(key) && sumOf(key.slice(0, -SUM)) !== key.slice(-SUM)

export const prefixOf = (key: string): string => key.slice(0, PREFIX)

export const modeOf = (prefix: string): KeyMode => (prefix.startsWith('mk_test_') ? 'test' : 'live')
