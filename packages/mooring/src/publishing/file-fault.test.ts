import { describe, expect, it } from 'vitest'
import { MooringError } from '../error.ts'
import { fileFault } from './file-fault.ts'

describe('a file that cannot be had', () => {
  it.each(['storage_unavailable', 'storage_full', 'database_unavailable'] as const)(
    'because of %s is tried again by itself',
    (code) => {
      expect(fileFault(new MooringError(code, 'Away.'))).toMatchObject({ class: 'media', code, againAfterMs: 5000 })
      expect(fileFault(new MooringError(code, 'Away.', { retryAfter: 30 })).againAfterMs).toBe(30_000)
    },
  )

  it.each(['not_found', 'media_refused', 'config_invalid', 'internal'] as const)('because of %s is not', (code) => {
    expect(fileFault(new MooringError(code, 'Gone.'))).toEqual({ class: 'media', code, message: 'Gone.' })
  })
})
