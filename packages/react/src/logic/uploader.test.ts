import { expect, it } from 'vitest'
import { mediaItem } from './post.fixture.ts'
import { createUploader } from './uploader.ts'

/** A server that takes each file when it is told to. */
function world() {
  const open = new Map<
    string,
    { take: (part?: number) => void; refuse: (why: string) => void; progress: (part: number) => void }
  >()
  const done: string[] = []
  let keys = 0
  const aborted: string[] = []
  const uploader = createUploader({
    send: (file, { onProgress, signal }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted.push(file.name)
          reject(new Error('gave up'))
        })
        open.set(file.name, {
          take: () => resolve(mediaItem({ id: file.name })),
          refuse: (why) => reject(why),
          progress: onProgress,
        })
      }),
    onDone: (place, item) => done.push(`${place}: ${item.id}`),
    newKey: () => `k${++keys}`,
    wordsOf: (error) => `It said ${error}`,
  })
  const states = () => uploader.list().map((one) => `${one.file.name} ${one.state}`)
  const rest = () => new Promise((next) => setTimeout(next))
  return { uploader, open, done, states, aborted, rest }
}
const files = (...names: string[]) => names.map((name) => new File(['x'], name))

it('sends two at a time and hands on in order, whoever is quicker', async () => {
  const { uploader, open, done, states, rest } = world()
  uploader.add('media', files('a', 'b', 'c'))
  expect(states()).toEqual(['a sending', 'b sending', 'c waiting'])
  open.get('b')?.take()
  await rest()
  expect(done).toEqual([])
  expect(states()).toEqual(['a sending', 'b arrived', 'c sending'])
  open.get('a')?.take()
  await rest()
  expect(done).toEqual(['media: a', 'media: b'])
  open.get('c')?.take()
  await rest()
  expect(done).toEqual(['media: a', 'media: b', 'media: c'])
  expect(states()).toEqual([])
})

it('loses no answer where several come in one moment', async () => {
  const { uploader, open, done, states, rest } = world()
  uploader.add('media', files('a', 'b'))
  for (const one of open.values()) {
    one.progress(0.5)
    one.take()
    one.progress(1)
  }
  await rest()
  expect([done, states()]).toEqual([['media: a', 'media: b'], []])
})

it('what was refused says why, and can be sent again or left out', async () => {
  const { uploader, open, done, states, rest } = world()
  uploader.add('media', files('a', 'b'))
  open.get('a')?.refuse('too large')
  open.get('b')?.take()
  await rest()
  expect(done).toEqual(['media: b'])
  const [failed] = uploader.list()
  expect(failed).toMatchObject({ state: 'failed', error: 'It said too large' })
  uploader.again(failed?.key ?? '')
  expect(states()).toEqual(['a sending'])
  open.get('a')?.refuse('no')
  await rest()
  uploader.giveUp(failed?.key ?? '')
  expect(states()).toEqual([])
})

it('given up, it is sent no more and blocks nobody', async () => {
  const { uploader, open, done, aborted, rest } = world()
  uploader.add('media', files('a', 'b', 'c'))
  uploader.giveUp(uploader.list()[0]?.key ?? '')
  open.get('b')?.take()
  await rest()
  expect([aborted, done]).toEqual([['a'], ['media: b']])
  uploader.stop()
  expect(aborted).toEqual(['a', 'c'])
})

it('tells whoever looks on', () => {
  const { uploader, open } = world()
  let told = 0
  const end = uploader.subscribe(() => told++)
  uploader.add('media', files('a'))
  open.get('a')?.progress(0.5)
  expect([told, uploader.list()[0]?.part]).toEqual([2, 0.5])
  end()
  open.get('a')?.progress(0.6)
  expect(told).toBe(2)
})
