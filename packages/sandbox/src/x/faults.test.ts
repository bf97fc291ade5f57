import { describe, expect, it } from 'vitest'
import type { FaultInput } from '../core/fault-kinds.ts'
import { samplePng } from '../core/samples.ts'
import { reply } from '../kit.ts'
import { movie } from './media/mp4-testing.ts'
import { xKit } from './testing.ts'
import { append, finalize, initialize, oneShot, status, VIDEO } from './upload/upload-testing.ts'

const k = xKit()
const fault = (one: FaultInput) => k.sandbox.control.fault(one)
const texts = () => k.ledger().map(({ text }) => text)
const lost = (call: Promise<unknown>) => expect(call).rejects.toThrow()

describe('what goes wrong while posting', () => {
  it.each([500, 502, 503, 504] as const)('%i before anything was done', async (code) => {
    const access = await k.token()
    fault({ endpoint: 'x.post-create', kind: 'gateway', status: code })
    expect((await k.create(access, { text: 'Hello' })).status).toBe(code)
    expect(texts()).toEqual([])
    await k.posted(access, { text: 'Hello' })
  })

  it('502 after it was done: the post is there, and a second try is a duplicate', async () => {
    const access = await k.token()
    fault({ endpoint: 'x.post-create', kind: 'gateway', when: 'after' })
    expect((await k.create(access, { text: 'Hello' })).status).toBe(502)
    expect(texts()).toEqual(['Hello'])
    expect((await k.create(access, { text: 'Hello' })).status).toBe(403)
  })

  it('the connection cut, before and after', async () => {
    const access = await k.token()
    fault({ endpoint: 'x.post-create', kind: 'reset' })
    await lost(k.create(access, { text: 'One' }))
    expect(texts()).toEqual([])
    for (const when of ['after', 'during'] as const) {
      fault({ endpoint: 'x.post-create', kind: 'reset', when })
      await lost(k.create(access, { text: `Cut ${when}` }))
    }
    expect(texts()).toEqual(['Cut after', 'Cut during'])
    const read = await k.get('/2/users/1790000000000000101/tweets', access)
    expect(read.json.meta.result_count).toBe(2)
  })

  it('answered too late for a caller that waits no longer', async () => {
    const access = await k.token()
    fault({ endpoint: 'x.post-create', kind: 'slow', when: 'after', ms: 60_000 })
    const url = `${k.sandbox.origins['https://api.x.com']}/2/tweets`
    const headers = { authorization: `Bearer ${access}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ text: 'Late' })
    const waits = new AbortController()
    const call = fetch(url, { method: 'POST', headers, body, signal: waits.signal })
    await expect.poll(texts, { timeout: 60_000 }).toEqual(['Late'])
    waits.abort()
    await lost(call)
  })

  it('any answer of X’s own', async () => {
    const access = await k.token()
    const body = { title: 'Service Unavailable', detail: 'Service Unavailable', type: 'about:blank', status: 503 }
    fault({ endpoint: 'x.*', method: 'POST', kind: 'answer', status: 503, body })
    expect(await k.create(access, { text: 'Hello' })).toMatchObject({ status: 503, json: body })
    fault({ endpoint: 'x.post-create', kind: 'throttle' })
    expect((await k.create(access, { text: 'Hello' })).status).toBe(429)
    expect(texts()).toEqual([])
  })

  it('by chance: the ledger is the truth, whatever was answered', async () => {
    k.steer({ settings: { limits: { 'x.post-create': { quarter: 1000 } } } })
    k.sandbox.control.apply({ faults: { random: { seed: 7, rate: 0.5, endpoint: 'x.post-create' } } })
    const access = await k.token()
    const said: string[] = []
    for (let n = 0; n < 60; n += 1) {
      const made = await k.create(access, { text: `Post ${n}` }).catch(() => undefined)
      if (made?.status === 201) said.push(`Post ${n}`)
    }
    expect(texts()).toEqual(expect.arrayContaining(said))
    expect(texts().length).toBeGreaterThan(said.length)
    expect(texts().length).toBeLessThan(60)
    expect(new Set(texts()).size).toBe(texts().length)
  })
})

describe('what goes wrong while uploading', () => {
  it('answers of each step are lost, and each step is done again', async () => {
    const access = await k.token()
    const bytes = movie({ data: 2000 })
    for (const endpoint of ['x.upload-append', 'x.upload-finalize', 'x.upload-status'])
      fault({ endpoint, kind: 'reset', when: 'after' })
    const { id } = (await initialize(k, access, { ...VIDEO, total_bytes: bytes.length })).json.data
    await lost(append(k, access, id, 0, bytes.subarray(0, 1500)))
    expect((await append(k, access, id, 0, bytes.subarray(0, 1500))).status).toBe(200)
    expect((await append(k, access, id, 1, bytes.subarray(1500))).status).toBe(200)
    await lost(finalize(k, access, id))
    expect((await finalize(k, access, id)).json.data.processing_info.state).toBe('pending')
    k.sandbox.control.advance(1)
    await lost(status(k, access, id))
    await k.posted(access, { media: { media_ids: [id] } })
    expect(k.ledger()[0]?.media).toHaveLength(1)
  })

  it('an upload fails before and after', async () => {
    const access = await k.token()
    fault({ endpoint: 'x.upload', kind: 'gateway' })
    expect((await oneShot(k, access, samplePng(2, 2))).status).toBe(502)
    expect(k.shown().media).toHaveLength(0)
    fault({ endpoint: 'x.upload', kind: 'gateway', when: 'after' })
    expect((await oneShot(k, access, samplePng(2, 2))).status).toBe(502)
    expect(k.shown().media).toHaveLength(1)
    // What is uploaded and not posted is nobody's business.
    expect(k.ledger()).toEqual([])
  })
})

it('the ledger is told over HTTP', async () => {
  const id = await k.posted(await k.token(), { text: 'Hello' })
  const told = await reply(await fetch(`${k.sandbox.url}/__control/x/ledger`))
  expect([told.status, told.json.posts]).toMatchObject([200, [{ id, text: 'Hello' }]])
})
