import { describe, expect, it } from 'vitest'
import { lookAside } from './aside.ts'
import { away } from './storage.ts'
import { file, sourceIn } from './testing.ts'

const whole = { what: 'whole', fileName: 'x' } as const

describe('a look on a thread of its own', () => {
  it('tells what the file is', async () => {
    expect(await lookAside(sourceIn(file('film.mp4')), whole)).toMatchObject({ kind: 'video', durationMs: 1000 })
  })

  it('ends where a file makes its reader turn in circles, and this thread goes on meanwhile', async () => {
    // mediabunny 1.61 never comes back from it.
    const trap = Buffer.concat([file('film.webm').subarray(0, 60), Buffer.alloc(4000, 9)])
    let beats = 0
    const heart = setInterval(() => {
      beats += 1
    }, 10)
    await expect(lookAside(sourceIn(trap), whole, 3000)).rejects.toMatchObject({ code: 'media_refused' })
    clearInterval(heart)
    expect(beats).toBeGreaterThan(10)
  })

  it('goes on with the next after that', async () => {
    const trap = Buffer.concat([file('film.webm').subarray(0, 60), Buffer.alloc(4000, 9)])
    const all = [1, 2, 3].map(() => lookAside(sourceIn(trap), whole, 500).catch((error: unknown) => error))
    expect(await lookAside(sourceIn(file('paper.pdf')), whole)).toMatchObject({ pages: 7 })
    for (const one of await Promise.all(all)) expect(one).toMatchObject({ code: 'media_refused' })
  })

  it('tells what the storage said, as the storage said it', async () => {
    const source = { size: 1000, read: () => Promise.reject(away('The bucket says SlowDown.')) }
    await expect(lookAside(source, whole)).rejects.toMatchObject({
      code: 'storage_unavailable',
      detail: 'The bucket says SlowDown.',
    })
  })

  it('of the first bytes refuses what is certain, and nothing else', async () => {
    const head = (name: string) => lookAside(sourceIn(file(name).subarray(0, 4100)), { what: 'head', fileName: name })
    for (const name of ['old.avi', 'sound.m4a'])
      await expect(head(name), name).rejects.toMatchObject({ code: 'media_refused' })
    for (const name of ['film.mp4', 'phone.mov', 'film.webm', 'paper.pdf', 'words.docx', 'slides.pptx'])
      expect(await head(name), name).toBeUndefined()
    const text = { what: 'head', fileName: 'x' } as const
    expect(await lookAside(sourceIn(Buffer.from('hello')), text)).toBeUndefined()
  })
})
