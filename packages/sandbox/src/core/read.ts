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

/** Reads a request whole, up to its limit, so that everything after it is synchronous. */
export async function readAsk(
  request: Request,
  rawUrl: string,
  params: Record<string, string>,
  limit: number,
): Promise<Ask> {
  const url = new URL(request.url)
  const [path = '/', ...query] = rawUrl.split('?')
  const rawQuery = query.join('?')
  return {
    method: request.method,
    url,
    path,
    rawQuery,
    query: new URLSearchParams(rawQuery),
    headers: request.headers,
    body: request.method === 'GET' || request.method === 'HEAD' ? new Uint8Array() : await readBody(request, limit),
    params,
    hasLength: request.headers.has('content-length') || request.headers.has('transfer-encoding'),
  }
}
