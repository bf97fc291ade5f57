/** The operator's switches for publishing. */
import type { Setting } from '../../../provider.ts'
import type { PublishAs } from '../../../provider-publishing.ts'

export const settings: readonly Setting[] = [
  {
    name: 'UPLOAD_CHUNK_KB',
    default: '1024',
    pattern: /^[1-9]\d{2,3}$/,
    describe:
      'Size of the pieces of an upload, in KB. X advises at most 5000 and takes 8000; 5120 was refused in 2025.',
  },
  {
    name: 'READ_BACK',
    default: 'on',
    pattern: /^(on|off)$/,
    describe: '"off" looks at no posts where an outcome is unknown, which X bills: a person is asked instead.',
  },
]

export const chunkBytes = ({ settings }: PublishAs): number => Number(settings.UPLOAD_CHUNK_KB ?? 1024) * 1024
export const mayReadBack = ({ settings, scopes }: PublishAs): boolean =>
  settings.READ_BACK !== 'off' && scopes.includes('tweet.read') && scopes.includes('users.read')
