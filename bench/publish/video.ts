/** The memory of a server while a large video streams through it: from a client to its files, and from there to a platform. */
import { closeSync, createReadStream, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { samples } from '@mooring/sandbox'
import { API_KEY, type Client, createClient } from '../duplicates/client.ts'
import { openCampaignDatabase } from '../duplicates/database.ts'
import { connectAll } from '../duplicates/homes.ts'
import { openAddress, startInstance } from '../duplicates/instance.ts'
import { startPlatform } from '../duplicates/platform.ts'
import { temporaryFolder } from '../support/cluster.ts'
import { residentMib } from '../support/process.ts'

const MIB = 1024 ** 2
const LIMIT_MS = 600_000

/** Highest resident memory, in MiB. */
export interface Peaks {
  megabytes: number
  before: number
  upload: number
  /** To a platform that takes it in parts. */
  parts: number
  /** In one request. */
  whole: number
}

/** A small one first, so that the large one has nothing to itself but its size. */
export async function measureVideo(sizes: readonly number[]): Promise<Peaks[]> {
  const folder = temporaryFolder()
  const database = await openCampaignDatabase(undefined)
  const address = await openAddress(1)
  const platform = await startPlatform(address.url)
  const instance = await startInstance(address, platform, database)
  const pid = instance.servers[0]?.pid() ?? 0
  try {
    const client = createClient(address.url)
    const { homes } = await connectAll(client, platform.origins, [{ provider: 'meta', member: 'mara', most: 2 }])
    const page = homes.find((one) => one.network === 'meta page')?.id ?? ''
    const peaks: Peaks[] = []
    for (const megabytes of sizes) {
      const file = join(folder, `${megabytes}.mp4`)
      writeVideo(file, megabytes * MIB)
      const before = residentMib(pid)
      const [id, upload] = await peakOf(pid, () => send(address.url, file, megabytes * MIB))
      const [, parts] = await peakOf(pid, () => publish(client, page, id, 'feed'))
      const [, whole] = await peakOf(pid, () => publish(client, page, id, 'reel'))
      peaks.push({ megabytes, before, upload, parts, whole })
    }
    return peaks
  } finally {
    await instance.stop()
    await platform.stop()
    await address.stop()
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Its contents come first; of the pictures only the size is there, as a hole in the file. */
function writeVideo(path: string, bytes: number): void {
  const head = Buffer.from(samples.mp4({ seconds: 60, bytes: 0, width: 720, height: 1280, rate: 30 }))
  head.writeUInt32BE(bytes - head.length + 8, head.length - 8)
  const file = openSync(path, 'w')
  writeSync(file, head)
  ftruncateSync(file, bytes)
  closeSync(file)
}

async function peakOf<T>(pid: number, work: () => Promise<T>): Promise<[T, number]> {
  let peak = residentMib(pid)
  let over = false
  const watching = (async () => {
    for (; !over; await delay(100)) peak = Math.max(peak, residentMib(pid))
  })()
  const done = await work().finally(() => {
    over = true
  })
  await watching
  return [done, peak]
}

async function send(url: string, path: string, bytes: number): Promise<string> {
  const response = await fetch(`${url}/api/v1/media`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${API_KEY}`,
      'content-type': 'video/mp4',
      'content-length': String(bytes),
      'x-file-name': 'bench.mp4',
    },
    body: Readable.toWeb(createReadStream(path)) as ReadableStream,
    ...({ duplex: 'half' } as object),
  })
  if (response.status !== 201) throw new Error(`the video was answered ${response.status} ${await response.text()}`)
  return ((await response.json()) as { id: string }).id
}

async function publish(client: Client, accountId: string, media: string, format: string): Promise<void> {
  const content = { text: `A video for the ${format}`, media: [{ id: media }], format }
  const post = await client.ask('POST', '/posts', { content, targets: [{ accountId }], when: { how: 'now' } })
  for (const end = performance.now() + LIMIT_MS; performance.now() < end; await delay(200)) {
    const { state, deliveries } = await client.ask('GET', `/posts/${post.id}`)
    if (state === 'published') return
    if (deliveries[0].problem !== null) throw new Error(JSON.stringify(deliveries[0].problem))
  }
  throw new Error('the video was not published in time')
}
