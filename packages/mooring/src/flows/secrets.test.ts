import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { newRoutedSecret, newSecret, sameHash, sha256, workspaceOf } from './secrets.ts'

describe('a routed secret', () => {
  it('carries 256 random bits behind its workspace', () => {
    const workspace = randomUUID()
    const asked: number[] = []
    const secret = newRoutedSecret(workspace, (bytes) => {
      asked.push(bytes)
      return Buffer.alloc(bytes, 0xab)
    })
    expect(asked).toEqual([32])
    expect(secret).toMatch(/^[A-Za-z0-9_-]{64}$/)
    expect(Buffer.from(secret, 'base64url').subarray(16)).toEqual(Buffer.alloc(32, 0xab))
    expect(workspaceOf(secret)).toBe(workspace)
    expect(newRoutedSecret(workspace, randomBytes)).not.toBe(newRoutedSecret(workspace, randomBytes))
  })

  it.each([
    '',
    'x',
    'a'.repeat(63),
    'a'.repeat(65),
    `${'a'.repeat(63)}=`,
    `${'a'.repeat(63)}/`,
    `${'a'.repeat(62)}\n\n`,
  ])('that we never made names no workspace: %j', (secret) => {
    expect(workspaceOf(secret)).toBeUndefined()
  })
})

describe('the other secrets', () => {
  it('are 256 bits, in an alphabet that fits a cookie', () => {
    expect(newSecret(randomBytes)).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })

  it('are stored as SHA-256 and compared whole', () => {
    expect(sha256('a')).toEqual(createHash('sha256').update('a').digest())
    expect(sameHash(sha256('a'), sha256('a'))).toBe(true)
    expect(sameHash(sha256('a'), sha256('b'))).toBe(false)
    expect(sameHash(sha256('a'), sha256('a').subarray(0, 31))).toBe(false)
    expect(sameHash(Buffer.alloc(0), sha256('a'))).toBe(false)
  })
})
