import { describe, expect, it } from 'vitest'
import { xKit } from '../testing.ts'

const k = xKit()
const edit = (id: string, text: string) => ({ text, edit_options: { previous_post_id: id } })
const REFUSED = { status: 403, json: { detail: 'You are not permitted to perform this action.' } }

describe('an edit', () => {
  it('is another post with another id, and people see the last', async () => {
    const access = await k.token()
    const first = await k.posted(access, { text: 'Tpyo' })
    const made = await k.create(access, edit(first, 'Typo'))
    const second = made.json.data.id
    expect(made.json.data.edit_history_tweet_ids).toEqual([first, second])
    expect((await k.read(access, first)).json.data).toMatchObject({
      text: 'Tpyo',
      edit_history_tweet_ids: [first, second],
    })
    const mine = (await k.get('/2/users/1790000000000000101/tweets', access)).json.data
    expect(mine.map(({ id }: { id: string }) => id)).toEqual([second])
    expect(k.ledger()).toMatchObject([{ id: second, text: 'Typo' }])
    // One version takes the others with it.
    await k.remove(access, first)
    expect((await k.read(access, second)).json).not.toHaveProperty('data')
  })

  it('is for Premium, of one’s own newest version, five times in half an hour', async () => {
    const tomas = await k.token('tomas')
    const plain = await k.posted(tomas, { text: 'Plain' })
    expect(await k.create(tomas, edit(plain, 'Plainer'))).toMatchObject(REFUSED)
    const access = await k.token()
    expect(await k.create(access, edit(plain, 'Mine now'))).toMatchObject(REFUSED)
    expect(await k.create(access, edit('1', 'Nothing'))).toMatchObject(REFUSED)
    let last = await k.posted(access, { text: 'Version 0' })
    const first = last
    for (let n = 1; n <= 5; n += 1) last = await k.posted(access, edit(last, `Version ${n}`))
    expect(await k.create(access, edit(last, 'Version 6'))).toMatchObject(REFUSED)
    expect(await k.create(access, edit(first, 'Fork'))).toMatchObject(REFUSED)
    const late = await k.posted(access, { text: 'Late' })
    k.sandbox.control.advance(1800)
    expect(await k.create(access, edit(late, 'Too late'))).toMatchObject(REFUSED)
  })
})
