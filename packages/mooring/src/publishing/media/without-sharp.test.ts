/** A machine for which sharp has no build: another process, in which it cannot be found. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { PNG } from '../../../test/world.ts'

const HIDDEN = `import { registerHooks } from 'node:module'
registerHooks({ resolve(name, context, next) {
  if (name === 'sharp') throw Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' })
  return next(name, context)
} })`
const SCRIPT = `
const { probe } = await import('./probe.ts')
const { fittedTo, previewOf } = await import('./pictures.ts')
const bytes = Buffer.from('${PNG.toString('base64')}', 'base64')
const source = {
  size: bytes.length,
  read: async (from, to) => new Uint8Array(bytes.subarray(from, to)),
  stream: async () => (await import('node:stream')).Readable.from([bytes]),
}
const gif = Buffer.from('GIF89a' + '\\0'.repeat(20), 'latin1')
const moving = { ...source, size: gif.length, read: async (from, to) => new Uint8Array(gif.subarray(from, to)) }
const fit = { mime: 'image/jpeg', why: 'JPEG alone is taken.' }
console.log(JSON.stringify({
  known: await probe(source, 'x'),
  gif: await probe(moving, 'x'),
  preview: (await previewOf(source)) ?? null,
  fitted: await fittedTo(source, fit).catch(({ code, message }) => ({ code, message })),
}))`

it('without sharp a picture is taken as it is, and what has to be converted is refused with the reason', async () => {
  const hidden = `data:text/javascript,${encodeURIComponent(HIDDEN)}`
  const args = ['--import', hidden, '--input-type=module-typescript', '--eval', SCRIPT]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname })
  expect(JSON.parse(stdout)).toEqual({
    known: { kind: 'image', mime: 'image/png' },
    gif: { kind: 'gif', mime: 'image/gif' },
    preview: null,
    fitted: { code: 'media_refused', message: 'JPEG alone is taken. This server cannot: save it so yourself.' },
  })
})
