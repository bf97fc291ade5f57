/** A platform of posts that answers at once, and tells how long it had each post in its hands. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beChild } from '../support/child.ts'

/** Text of a post to ms from its request to its answer. */
export type Handled = Record<string, number>

beChild<object>(async () => {
  let count = 0
  let handled: Handled = {}
  const server = createServer((request, response) => {
    const began = performance.now()
    let raw = ''
    request.setEncoding('utf8').on('data', (part: string) => {
      raw += part
    })
    request.on('end', () => {
      count += 1
      const { text } = JSON.parse(raw) as { text: string }
      response.writeHead(201, { 'content-type': 'application/json' })
      response.end(`{"id":"post-${count}"}`)
      handled[text] = performance.now() - began
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => void server.close(),
    answers: {
      count: () => count,
      handled: () => {
        const told = handled
        handled = {}
        return told
      },
    },
  }
})
