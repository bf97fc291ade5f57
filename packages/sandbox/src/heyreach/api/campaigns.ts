import { z } from 'zod'
import { json } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { CAMPAIGNS, LIST_TYPES, LISTS, STATUSES } from '../campaigns.ts'
import type { World } from '../world.ts'
import { unknownId } from './errors.ts'
import { passGate } from './gate.ts'
import { int32, paging, withBody, withId } from './input.ts'
import { among, pageOf, says } from './lists.ts'

const ofCampaigns = z.object({
  ...paging,
  keyword: z.string().nullish(),
  statuses: z.array(z.enum(STATUSES)).nullish(),
  accountIds: z.array(int32).nullish(),
})
const ofLists = z.object({
  ...paging,
  keyword: z.string().nullish(),
  listType: z.enum(LIST_TYPES).nullish(),
  campaignIds: z.array(int32).nullish(),
})

/** POST campaign/GetAll. */
export const allCampaigns = (world: World, ask: Ask): Answer =>
  passGate(world, ask, () =>
    withBody(ask, ofCampaigns, ({ keyword, statuses, accountIds, ...page }) => {
      const found = CAMPAIGNS.filter(
        (one) => says(keyword, one.name) && among(statuses, [one.status]) && among(accountIds, one.campaignAccountIds),
      )
      return json(200, pageOf(found, page))
    }),
  )

/** POST list/GetAll. */
export const allLists = (world: World, ask: Ask): Answer =>
  passGate(world, ask, () =>
    withBody(ask, ofLists, ({ keyword, listType, campaignIds, ...page }) => {
      const found = LISTS.filter(
        (one) =>
          says(keyword, one.name) && (listType ?? one.listType) === one.listType && among(campaignIds, one.campaignIds),
      )
      return json(200, pageOf(found, page))
    }),
  )

const byId = (world: World, ask: Ask, name: string, what: string, all: readonly { id: number }[]): Answer =>
  passGate(world, ask, () =>
    withId(ask, name, (id) => {
      const found = all.find((one) => one.id === id)
      return found ? json(200, found) : unknownId(world.state.settings, what)
    }),
  )

/** GET campaign/GetById. */
export const campaignById = (world: World, ask: Ask): Answer => byId(world, ask, 'campaignId', 'Campaign', CAMPAIGNS)

/** GET list/GetById. */
export const listById = (world: World, ask: Ask): Answer => byId(world, ask, 'listId', 'List', LISTS)
