/** A world whose files the platforms can fetch: it listens on loopback, and says so. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { samples } from '@mooring/sandbox'
import sharp from 'sharp'
import { expect } from 'vitest'
import { BASE, createWorld, type Json, KEY, type World, type WorldOptions } from './world.ts'

export async function createServedWorld(options: WorldOptions = {}): Promise<World> {
  let world: World | undefined
  const server = createServer(
    getRequestListener((request) => world?.mooring.fetch(request) ?? new Response(null, { status: 503 })),
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const made = await createWorld({ ...options, env: { ...options.env, MOORING_MEDIA_URL: url } })
  world = made
  return {
    ...made,
    close: async () => {
      await made.close()
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Answers with the file's id. */
export async function upload(world: World, bytes: Uint8Array, name: string): Promise<string> {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/octet-stream', 'x-file-name': name }
  const request = new Request(`${BASE}/api/v1/media`, { method: 'POST', headers, body: new Uint8Array(bytes) })
  const answer = await world.mooring.fetch(request)
  const body: Json = await answer.json()
  expect(answer.status, JSON.stringify(body)).toBe(201)
  return body.id
}

export async function picture(world: World, width = 900, height = 900, format: 'jpeg' | 'png' = 'jpeg') {
  const background = { r: 20, g: 90, b: 140 }
  const bytes = await sharp({ create: { width, height, channels: 3, background } })
    .toFormat(format)
    .toBuffer()
  return upload(world, bytes, `harbour.${format}`)
}

/** Upright. */
export const film = (world: World, bytes = 3_000_000): Promise<string> =>
  upload(world, samples.mp4({ seconds: 10, bytes, width: 1080, height: 1920, rate: 30 }), 'film.mp4')
