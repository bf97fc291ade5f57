/** The posts of a campaign: each to one to five accounts, its text nobody else's, some with a thread or a first comment. */
import type { Chance } from '../../packages/mooring/test/chance.ts'
import type { Home } from './homes.ts'

export interface Wanted {
  key: string
  body: {
    content: { text: string; media: { id: string }[] }
    targets: { accountId: string; override?: Record<string, unknown> }[]
    when: { how: 'now' }
  }
  /** The first answers are given up after so many ms. */
  cutAfterMs: number[]
}

/** X shows ten posts a page, and there are four accounts: more of them in a minute than anybody makes would be another test. */
const SHARES: Record<Home['network'], number> = {
  ...{ 'linkedin person': 3, 'linkedin organization': 3, 'x person': 1 },
  ...{ 'meta page': 4, 'meta instagram': 3, 'instagram instagram': 1 },
}

/** As many as make up so many deliveries; `picture` is a file that is there. */
export function plan(
  dice: Chance,
  seed: number,
  homes: readonly Home[],
  deliveries: number,
  picture: string,
): Wanted[] {
  const networks = [...Map.groupBy(homes, (one) => one.network)].flatMap(([network, all]) =>
    Array.from({ length: SHARES[network] }, () => all),
  )
  const posts: Wanted[] = []
  for (let left = deliveries; left > 0; ) {
    const text = `Campaign ${seed}, post ${posts.length + 1}.`
    const chosen = new Map<string, Home>()
    for (let n = Math.min(left, 1 + dice.upTo(5)); n > 0; n -= 1) {
      // Networks first: one has sixty accounts, another four.
      const home = dice.pick(dice.pick(networks))
      // The server refuses the same post to one account by two ways.
      chosen.set(home.place, home)
    }
    left -= chosen.size
    const targets = [...chosen.values()].map(({ id, network }) => {
      const override = overrideOf(dice, network, text)
      return { accountId: id, ...(override ? { override } : {}) }
    })
    const needsPicture = [...chosen.values()].some(({ network }) => network.endsWith('instagram'))
    const media = needsPicture || dice.often(0.1) ? [{ id: picture }] : []
    posts.push({
      key: `campaign-${seed}-${posts.length + 1}`,
      body: { content: { text, media }, targets, when: { how: 'now' } },
      // Given up before, while or after the server works at it.
      cutAfterMs: dice.often(0.1) ? [5 + dice.upTo(60), 5 + dice.upTo(60)] : [],
    })
  }
  return posts
}

function overrideOf(dice: Chance, network: Home['network'], text: string): Record<string, unknown> | undefined {
  if (network === 'x person' && dice.often(0.15))
    return { thread: ['Second.', 'Third.'].map((word) => ({ text: `${text} ${word}`, media: [] })) }
  if (network === 'meta page' && dice.often(0.1)) return { firstComment: `${text} Comment.` }
  return undefined
}
