/** What one would write by hand: the call, then a row that says so. No attempt before it, no lease, no budget. */
import pg from 'pg'
import type { Admin } from '../../packages/mooring/src/store/carried/index.ts'
import { beChild } from '../support/child.ts'

export interface BareSettings {
  admin: Admin
  platform: string
  posts: number
  atOnce: number
}

beChild<BareSettings>(async ({ admin, platform, posts, atOnce }) => {
  const pool = new pg.Pool({ ...admin, max: 10 })
  const one = async (text: string) => {
    const response = await fetch(`${platform}/posts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer press-token' },
      body: JSON.stringify({ author: 'bench', text, after: null, refuseTwins: false }),
    })
    const { id } = (await response.json()) as { id: string }
    await pool.query({
      name: 'sent',
      text: 'insert into bench.sent (text, external_id, at) values ($1, $2, now())',
      values: [text, id],
    })
  }
  return {
    url: '',
    stop: () => pool.end(),
    answers: {
      async run() {
        let left = posts
        await Promise.all(
          Array.from({ length: atOnce }, async () => {
            while (left > 0) {
              left -= 1
              await one(`Bare ${process.pid} ${left}`)
            }
          }),
        )
        return true
      },
    },
  }
})
