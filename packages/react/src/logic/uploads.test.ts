import { expect, it } from 'vitest'
import { mediaItem } from './post.fixture.ts'
import { advanced, begun, partsOf, placeOf, type Upload } from './uploads.ts'

const file = new File(['x'], 'x.png')
const one = (key: string, state: Upload['state'], place = 'all media'): Upload => ({
  ...begun(key, place, file),
  state,
  ...(state === 'arrived' ? { item: mediaItem({ id: key }) } : {}),
})
const keys = (list: readonly Upload[]) => list.map((upload) => upload.key)

it('starts two at a time', () => {
  const next = advanced([one('a', 'waiting'), one('b', 'waiting'), one('c', 'waiting')])
  expect(keys(next.start)).toEqual(['a', 'b'])
  expect(next.queue.map((upload) => upload.state)).toEqual(['sending', 'sending', 'waiting'])
  expect(advanced(next.queue).start).toEqual([])
})

it('hands on in the order chosen: what is quicker waits for those before it', () => {
  const next = advanced([one('a', 'sending'), one('b', 'arrived')])
  expect(next.arrived).toEqual([])
  const later = advanced([one('a', 'arrived'), one('b', 'arrived'), one('c', 'sending')])
  expect(keys(later.arrived)).toEqual(['a', 'b'])
  expect(keys(later.queue)).toEqual(['c'])
})

it('another list waits for nobody here, and a failure holds up nobody', () => {
  const next = advanced([
    one('a', 'sending'),
    one('b', 'arrived', 'x media'),
    one('c', 'failed', 'y media'),
    one('d', 'arrived', 'y media'),
  ])
  expect(keys(next.arrived)).toEqual(['b', 'd'])
  expect(keys(next.queue)).toEqual(['a', 'c'])
})

it('is the same queue where there is nothing to do', () => {
  const queue = [one('a', 'sending'), one('b', 'failed')]
  expect(advanced(queue).queue).toBe(queue)
})

it('a place is a scope and a path', () => {
  expect(partsOf(placeOf('a1', 'thread.0.media'))).toEqual({ scope: 'a1', at: 'thread.0.media' })
})
