/** Files in a bucket, at any service that speaks S3: the key is `<workspace>/<id>`. The one importer of Amazon's library. */
import { Readable } from 'node:stream'
import { isMooringError, unknownFault } from '../../error.ts'
import { isUuid, requireUuid } from '../../store/database.ts'
import { away, full, type Kept, type MediaStorage, noFile } from './storage.ts'

export interface S3Config {
  /** Undefined: Amazon's own, by the region. */
  endpoint: string | undefined
  bucket: string
  region: string
  /** Undefined: what the machine itself is allowed (a role), as Amazon's library finds it. */
  keys: { accessKeyId: string; secretAccessKey: string } | undefined
  forcePathStyle: boolean
}

/** 10,000 parts are the most that S3 takes: enough for 160 GB. */
const PART_BYTES = 16 * 1024 ** 2
const PARTS_AT_ONCE = 2
const CONNECT_MS = 5000
/** For so long nothing moves, either way. */
const SILENCE_MS = 30_000

export function s3Storage(config: S3Config): MediaStorage {
  const { bucket: Bucket } = config
  const key = (workspace: string, id: string) => ({ Bucket, Key: `${requireUuid(workspace)}/${requireUuid(id)}` })
  let opened: ReturnType<typeof open> | undefined
  const opens = () => {
    opened ??= open(config)
    return opened
  }

  return {
    async write(workspace, id, bytes) {
      const { client, Upload } = await opens()
      let theirs: { thrown: unknown } | undefined
      const body = Readable.from(marked(bytes, (thrown) => (theirs = { thrown })))
      const upload = new Upload({
        client,
        params: { ...key(workspace, id), Body: body, ContentType: 'application/octet-stream' },
        partSize: PART_BYTES,
        queueSize: PARTS_AT_ONCE,
      })
      try {
        await upload.done()
      } catch (error) {
        body.destroy()
        throw theirs ? theirs.thrown : faultOf(error)
      }
    },

    async read(workspace, id, range) {
      const { client, GetObjectCommand } = await opens()
      const span = range ? { Range: `bytes=${range.from}-${range.to - 1}` } : {}
      try {
        const { Body, ContentLength } = await client.send(new GetObjectCommand({ ...key(workspace, id), ...span }))
        const body = Body as Readable
        if (!range || ContentLength === range.to - range.from) return body
        // Other bytes than were asked for would stand in somebody's post.
        body.destroy()
        throw away('The bucket does not keep to the range that it is asked for.')
      } catch (error) {
        throw faultOf(error)
      }
    },

    async remove(workspace, id) {
      const { client, DeleteObjectCommand } = await opens()
      try {
        await client.send(new DeleteObjectCommand(key(workspace, id)))
      } catch (error) {
        throw faultOf(error)
      }
    },

    async *list(workspace): AsyncGenerator<Kept> {
      const { client, paginateListObjectsV2 } = await opens()
      const Prefix = `${requireUuid(workspace)}/`
      try {
        for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix }))
          for (const { Key = '', LastModified } of page.Contents ?? []) {
            const id = Key.slice(Prefix.length)
            if (isUuid(id) && LastModified) yield { id, at: LastModified.getTime() }
          }
      } catch (error) {
        throw faultOf(error)
      }
    },
  }
}

/** Loaded where it is wanted: it is larger than all else together. */
async function open({ endpoint, region, keys, forcePathStyle }: S3Config) {
  const [{ S3Client, ...commands }, { Upload }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/lib-storage'),
  ])
  const client = new S3Client({
    region,
    forcePathStyle,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(keys ? { credentials: keys } : {}),
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
    // Newer checksums are Amazon's own: other services refuse the headers.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  return { client, Upload, ...commands }
}

/** What the sender throws is told apart from what the service says. */
async function* marked(bytes: AsyncIterable<Uint8Array>, thrown: (error: unknown) => void) {
  try {
    yield* bytes
  } catch (error) {
    thrown(error)
    throw error
  }
}

function faultOf(error: unknown): unknown {
  if (isMooringError(error)) return error
  const { name, $metadata } = error as { name?: unknown; $metadata?: { httpStatusCode?: number } }
  const word = typeof name === 'string' && /^\w{1,60}$/.test(name) ? name : unknownFault(error)
  const status = $metadata?.httpStatusCode
  if (word === 'NoSuchKey') return noFile()
  if (status === 507 || /StorageFull|QuotaExceeded/.test(word)) return full(`The bucket says ${word}.`)
  return away(`The bucket says ${word}${status === undefined ? '' : ` (${status})`}.`)
}
