/** What the file system refused, as our error: it names the path, which is all that the operator needs. */
import { isMooringError, MooringError } from '../../error.ts'

export function fileFault(fault: unknown, dataDir: string): unknown {
  if (isMooringError(fault) || !(fault instanceof Error)) return fault
  const { code, path = dataDir, syscall = 'use' } = fault as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new MooringError('storage_full', 'The disk that holds the database is full.', { detail: path })
  }
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return fault
  return new MooringError('database_unavailable', 'The data folder cannot be used.', {
    detail: `${syscall} ${path}: ${code}. Mooring needs a folder that it may write to; this one is ${dataDir}.`,
  })
}
