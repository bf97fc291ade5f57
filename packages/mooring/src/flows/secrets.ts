/**
 * The secrets of a flow. A state and a start link's ticket name their workspace in front, so that the callback knows
 * where to look; what counts is the 256 random bits behind it, of which only the SHA-256 is stored. Pure but for `random`.
 */
import { createHash, timingSafeEqual } from 'node:crypto'

export const sha256 = (value: string): Buffer => createHash('sha256').update(value).digest()

/** A routed secret: base64url(workspace's 16 bytes ‖ 32 random bytes). */
export function newRoutedSecret(workspace: string, random: (bytes: number) => Buffer): string {
  return Buffer.concat([Buffer.from(workspace.replaceAll('-', ''), 'hex'), random(32)]).toString('base64url')
}

/** The workspace that a routed secret names, or undefined for anything that we never made. */
export function workspaceOf(secret: string): string | undefined {
  if (!/^[A-Za-z0-9_-]{64}$/.test(secret)) return undefined
  const hex = Buffer.from(secret, 'base64url').subarray(0, 16).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export const newSecret = (random: (bytes: number) => Buffer): string => random(32).toString('base64url')

export const sameHash = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)
