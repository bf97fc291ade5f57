import { describe, expect, it } from 'vitest'
import { readMediaConfig } from './config-media.ts'
import type { Env, Fault } from './config-registration.ts'

const BASE = 'https://social.example.com'
function read(env: Env) {
  const faults: Fault[] = []
  const config = readMediaConfig(env, BASE, faults)
  return { config, faults: faults.map(({ variable, problem }) => `${variable} ${problem}`), all: faults }
}
const S3 = { MOORING_S3_BUCKET: 'files', MOORING_S3_REGION: 'eu-central-1' }

describe('files of posts', () => {
  it('need no setting', () => {
    expect(read({})).toMatchObject({
      config: { maxBytes: 2048 * 1024 ** 2, dir: undefined, s3: undefined, url: BASE },
      faults: [],
    })
  })

  it('may be as large as the operator says', () => {
    expect(read({ MOORING_MEDIA_MAX_MB: '1' }).config.maxBytes).toBe(1024 ** 2)
    for (const bad of ['0', '-1', '1.5', 'many', '10241', '1e3'])
      expect(read({ MOORING_MEDIA_MAX_MB: bad }).faults, bad).toEqual(['MOORING_MEDIA_MAX_MB cannot be used'])
  })

  it('are fetched at the base address, or where the operator says', () => {
    expect(read({ MOORING_MEDIA_URL: 'https://media.example.com/files/' }).config.url).toBe(
      'https://media.example.com/files',
    )
    expect(read({ MOORING_MEDIA_URL: 'http://127.0.0.1:9000' }).config.url).toBe('http://127.0.0.1:9000')
    for (const bad of ['http://media.example.com', 'media.example.com', 'https://a@b.example', 'https://a.example?x=1'])
      expect(read({ MOORING_MEDIA_URL: bad }).faults, bad).toEqual(['MOORING_MEDIA_URL is no https address'])
  })
})

describe('a bucket', () => {
  it('at Amazon needs a name and a region, and keys unless the machine has a role', () => {
    expect(read(S3).config.s3).toEqual({
      endpoint: undefined,
      bucket: 'files',
      region: 'eu-central-1',
      keys: undefined,
      forcePathStyle: false,
    })
  })

  it('elsewhere needs an address, and has the bucket in the path', () => {
    const env = {
      MOORING_S3_ENDPOINT: 'http://minio:9000',
      MOORING_S3_BUCKET: 'files',
      MOORING_S3_ACCESS_KEY_ID: 'id',
      MOORING_S3_SECRET_ACCESS_KEY: 'secret',
    }
    expect(read(env)).toMatchObject({
      faults: [],
      config: {
        s3: {
          endpoint: 'http://minio:9000',
          region: 'us-east-1',
          keys: { accessKeyId: 'id', secretAccessKey: 'secret' },
          forcePathStyle: true,
        },
      },
    })
    expect(read({ ...env, MOORING_S3_FORCE_PATH_STYLE: 'off' }).config.s3?.forcePathStyle).toBe(false)
  })

  it.each([
    [{ MOORING_S3_REGION: 'x' }, 'MOORING_S3_BUCKET is missing beside its siblings'],
    [{ MOORING_S3_BUCKET: 'files' }, 'MOORING_S3_REGION is missing'],
    [{ ...S3, MOORING_S3_ENDPOINT: 'minio:9000' }, 'MOORING_S3_ENDPOINT is not an address'],
    [{ ...S3, MOORING_S3_ACCESS_KEY_ID: 'CANARY' }, 'MOORING_S3_SECRET_ACCESS_KEY is missing beside its sibling'],
    [{ ...S3, MOORING_S3_SECRET_ACCESS_KEY: 'CANARY' }, 'MOORING_S3_ACCESS_KEY_ID is missing beside its sibling'],
    [{ ...S3, MOORING_S3_FORCE_PATH_STYLE: 'maybe' }, 'MOORING_S3_FORCE_PATH_STYLE is neither on nor off'],
    [{ ...S3, MOORING_MEDIA_DIR: '/files' }, 'MOORING_MEDIA_DIR is set beside MOORING_S3_BUCKET'],
  ])('set as %j is refused', (env, fault) => {
    const { faults, all } = read(env)
    expect(faults).toEqual([fault])
    expect(JSON.stringify(all)).not.toContain('CANARY')
  })
})
