/** Files for posts: sent as they are, with how far they are. */
import type { MediaItem } from './api-posts.ts'
import type { ClientOptions } from './client.ts'
import { judgeProblem, offline } from './problem.ts'

export interface UploadOptions {
  /** From 0 to 1. Not told where the page brings its own `fetch`, which knows no progress. */
  onProgress?: ((part: number) => void) | undefined
  signal?: AbortSignal | undefined
}

/** Throws ApiProblem, and `AbortError` where it was given up. */
export async function uploadMedia(
  { baseUrl = '', fetch, workspace }: ClientOptions,
  file: File,
  { onProgress, signal }: UploadOptions = {},
): Promise<MediaItem> {
  const within = workspace?.()
  const headers = {
    accept: 'application/json',
    'content-type': file.type === '' ? 'application/octet-stream' : file.type,
    'x-file-name': encodeURIComponent(file.name),
    ...(within === undefined ? {} : { 'mooring-workspace': within }),
  }
  const url = `${baseUrl}/api/v1/media`
  const send = fetch ? byFetch(fetch) : byRequest
  const { status, text, requestId } = await send(url, headers, file, onProgress, signal)
  const answer = parsed(text)
  if (status >= 200 && status < 300 && answer !== undefined) return answer as MediaItem
  throw judgeProblem(status, answer, requestId)
}

interface Answer {
  status: number
  text: string
  requestId: string | null
}
type Send = (
  url: string,
  headers: Record<string, string>,
  file: File,
  onProgress: UploadOptions['onProgress'],
  signal: AbortSignal | undefined,
) => Promise<Answer>

const byFetch =
  (fetch: typeof globalThis.fetch): Send =>
  async (url, headers, file, _, signal) => {
    const response = await fetch(url, { method: 'POST', headers, body: file, ...(signal ? { signal } : {}) }).catch(
      (error: unknown) => {
        throw signal?.aborted ? error : offline()
      },
    )
    return {
      status: response.status,
      text: await response.text(),
      requestId: response.headers.get('x-request-id'),
    }
  }

/** The one way in which a browser tells how far an upload is. */
const byRequest: Send = (url, headers, file, onProgress, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const giveUp = () => request.abort()
    request.open('POST', url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total === 0 ? 0 : loaded / total)
    request.onload = () =>
      resolve({
        status: request.status,
        text: request.responseText,
        requestId: request.getResponseHeader('x-request-id'),
      })
    request.onerror = () => reject(offline())
    request.onabort = () => reject(new DOMException('Given up.', 'AbortError'))
    request.onloadend = () => signal?.removeEventListener('abort', giveUp)
    signal?.addEventListener('abort', giveUp)
    request.send(file)
  })

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
