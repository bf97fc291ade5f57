/** A request with a file: what cannot be read never leaves, and what others will see is not waited for for long. */
import { expect, it, vi } from 'vitest'
import { PRESS_ORIGINS, pressProvider } from '../../test/press-provider.ts'
import { type Sending, send } from './request.ts'

const provider = pressProvider()
const bytes = { method: 'PUT' as const, url: `${PRESS_ORIGINS.api}/uploads`, body: { bytes: { media: 'a' } } }

function sendingOf(read: () => AsyncIterable<Uint8Array>) {
  const fetch = vi.fn<(url: string, init: { limitMs?: number }) => Promise<Response>>(async () => new Response('{}'))
  const sending = {
    runtime: { fetch, platformUrl: (url: string) => url, uuid: () => 'u' },
    files: { size: async () => 3, read: async () => read() },
    workspace: 'w',
    access: { token: 't', registration: { provider, client: { clientId: 'c', clientSecret: 's' } } },
    publisher: provider.publishing,
  }
  return { fetch, sending: sending as unknown as Sending }
}
async function* whole() {
  yield new Uint8Array([1, 2, 3])
}
async function* broken() {
  yield new Uint8Array([1])
  throw new Error('EIO')
}

it('a file that cannot be read to its end leaves nothing, and says that it is the storage’s matter', async () => {
  const { fetch, sending } = sendingOf(broken)
  await expect(send(sending, bytes)).rejects.toMatchObject({ code: 'storage_unavailable' })
  expect(fetch).not.toHaveBeenCalled()
})

it('a create is given up before it counts as not there; an upload may take its time', async () => {
  const { fetch, sending } = sendingOf(whole)
  await send(sending, bytes, true)
  await send(sending, bytes)
  expect(fetch.mock.calls.map(([, init]) => init.limitMs)).toEqual([150_000, 1_800_000])
})
