import type { Ask } from './ask.ts'

export class BodyTooLarge extends Error {}

async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw new BodyTooLarge()
  if (!request.body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > limit) throw new BodyTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Reads a request whole, up to its limit; with a limit of `stream` all but its body, which the judge reads itself. */
export async function readAsk(
  request: Request,
  rawUrl: string,
  params: Record<string, string>,
  limit: number | 'stream',
): Promise<Ask> {
  const url = new URL(request.url)
  const [path = '/', ...query] = rawUrl.split('?')
  const rawQuery = query.join('?')
  const bodiless = limit === 'stream' || request.method === 'GET' || request.method === 'HEAD'
  return {
    method: request.method,
    url,
    path,
    rawQuery,
    query: new URLSearchParams(rawQuery),
    headers: request.headers,
    body: bodiless ? new Uint8Array() : await readBody(request, limit),
    ...(limit === 'stream' && { stream: (request.body ?? nothing()) as AsyncIterable<Uint8Array> }),
    params,
    hasLength: request.headers.has('content-length') || request.headers.has('transfer-encoding'),
  }
}
