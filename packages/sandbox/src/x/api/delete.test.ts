import { describe, expect, it } from 'vitest'
import { NothingMatches } from '../../control/nothing-matches.ts'
import { xKit } from '../testing.ts'

const k = xKit()

describe('DELETE /2/tweets/{id}', () => {
  it('takes away one’s own, and the ledger remembers it', async () => {
    const access = await k.token()
    const id = await k.posted(access, { text: 'Oops' })
    const gone = await k.remove(access, id)
    expect([gone.status, gone.json]).toEqual([200, { data: { deleted: true } }])
    expect(k.ledger()).toMatchObject([{ id, text: 'Oops', deleted: true }])
    expect((await k.get(`/2/tweets?ids=${id}`, access)).json).not.toHaveProperty('data')
  })

  it('leaves another’s where it is', async () => {
    const id = await k.posted(await k.token('tomas'), { text: 'Mine' })
    expect(await k.remove(await k.token(), id)).toMatchObject({
      status: 403,
      json: { detail: 'You are not authorized to delete this Tweet.', type: 'about:blank' },
    })
    expect(k.ledger()[0]?.deleted).toBe(false)
  })

  it('of what is not there, or is deleted already: 404, or done', async () => {
    const access = await k.token()
    const id = await k.posted(access, { text: 'Twice' })
    await k.remove(access, id)
    for (const one of [id, '1'])
      expect(await k.remove(access, one)).toMatchObject({ status: 404, json: { title: 'Not Found Error' } })
    k.steer({ settings: { deleteMissing: 'deleted' } })
    expect((await k.remove(access, id)).json).toEqual({ data: { deleted: true } })
  })

  it('needs the right to write, and an id', async () => {
    expect((await k.remove(await k.token('mara', 'tweet.read users.read'), '1')).status).toBe(403)
    expect((await k.remove(await k.token(), 'abc')).status).toBe(400)
  })

  it('is also done at x.com', async () => {
    const access = await k.token()
    const id = await k.posted(access, { text: 'Second thoughts' })
    k.steer({ deletePost: { id } })
    expect((await k.read(access, id)).json).not.toHaveProperty('data')
    expect(() => k.steer({ deletePost: { id } })).toThrow(NothingMatches)
  })
})
