/**
 * Looks into a file on a thread of its own, with so much time and memory: some files make those who read them turn in circles
 * for ever, and nothing else would run here meanwhile. This file is both ends: who asks, and what runs over there.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { isMooringError, MooringError } from '../../error.ts'
import { look, type Task } from './look.ts'
import type { Facts } from './probe.ts'
import { type Source, unreadable } from './source.ts'
import { createTurns } from './turns.ts'

/** An hour of film is looked at in a second; from a bucket that is slow in ten. */
const LIMIT_MS = 30_000
const LIMIT_MB = 256
const turns = createTurns(3)
const MARK = 'mooring looks into a file'

interface Order extends Task {
  mark: typeof MARK
  size: number
}
type Asked = { read: number; from: number; to: number }
type Told =
  | { facts: Facts | undefined }
  | { refused: { message: string; detail: string | undefined } }
  | { broken: true }

/** As `look`. Throws `media_refused`, also for what takes too long, and as the source. */
export const lookAside = (
  source: Pick<Source, 'size' | 'read'>,
  task: Task,
  limitMs = LIMIT_MS,
): Promise<Facts | undefined> => turns(() => onThread(source, task, limitMs))

function onThread(source: Pick<Source, 'size' | 'read'>, task: Task, limitMs: number): Promise<Facts | undefined> {
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { ...task, mark: MARK, size: source.size } satisfies Order,
    resourceLimits: { maxOldGenerationSizeMb: LIMIT_MB },
    // What a library has to say of a file is for nobody.
    stdout: true,
    stderr: true,
  })
  const limit = AbortSignal.timeout(limitMs)
  return new Promise<Facts | undefined>((resolve, reject) => {
    limit.addEventListener('abort', () => reject(unreadable()), { once: true })
    worker.on('error', () => reject(unreadable()))
    worker.on('exit', () => reject(unreadable()))
    worker.on('message', (message: Asked | Told) => {
      if ('read' in message)
        source.read(message.from, message.to).then((bytes) => worker.postMessage({ read: message.read, bytes }), reject)
      else if ('facts' in message) resolve(message.facts)
      else if ('refused' in message)
        reject(new MooringError('media_refused', message.refused.message, { detail: message.refused.detail }))
      else reject(unreadable())
    })
  }).finally(() => worker.terminate())
}

if (!isMainThread && parentPort && (workerData as Order | undefined)?.mark === MARK) {
  const port = parentPort
  const { size, what, fileName } = workerData as Order
  const waiting = new Map<number, (bytes: Uint8Array) => void>()
  let reads = 0
  port.on('message', ({ read, bytes }: { read: number; bytes: Uint8Array }) => {
    waiting.get(read)?.(bytes)
    waiting.delete(read)
  })
  const read = (from: number, to: number) =>
    new Promise<Uint8Array>((resolve) => {
      reads += 1
      waiting.set(reads, resolve)
      port.postMessage({ read: reads, from, to } satisfies Asked)
    })
  const tell = (told: Told) => port.postMessage(told)
  look({ size, read }, { what, fileName }).then(
    (facts) => tell({ facts }),
    (error: unknown) =>
      tell(isMooringError(error) ? { refused: { message: error.message, detail: error.detail } } : { broken: true }),
  )
}
