/** Which place for files this server has. */
import { join, resolve } from 'node:path'
import { diskStorage } from './disk.ts'
import { type S3Config, s3Storage } from './s3.ts'
import { type MediaStorage, nowhere } from './storage.ts'

/** A bucket; else a folder of the operator's; else one in the data folder; else none, which is told when a file comes. */
export function storageOf(
  { s3, dir }: { s3: S3Config | undefined; dir: string | undefined },
  dataDir: string | undefined,
): MediaStorage {
  if (s3) return s3Storage(s3)
  if (dir !== undefined) return diskStorage(resolve(dir))
  return dataDir === undefined ? nowhere : diskStorage(join(dataDir, 'media'))
}
