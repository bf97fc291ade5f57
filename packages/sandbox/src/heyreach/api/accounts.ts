import { z } from 'zod'
import { empty, json } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { isValid, type Seat } from '../seats.ts'
import type { World } from '../world.ts'
import { unknownId } from './errors.ts'
import { passGate } from './gate.ts'
import { paging, withBody, withId } from './input.ts'
import { pageOf, says } from './lists.ts'

const listing = z.object({ ...paging, keyword: z.string().nullish() })

const shown = ({ authEndsAt: _end, restricted: _restricted, ...seat }: Seat, authIsValid: boolean) => ({
  ...seat,
  authIsValid,
})

const accountOf = (seat: Seat, now: number) => shown(seat, isValid(seat, now))

/** GET auth/CheckApiKey: the status says it all, and not which workspace. */
export const checkApiKey = (world: World, ask: Ask): Answer => passGate(world, ask, () => empty(200))

/** POST li_account/GetAll. */
export const allAccounts = (world: World, ask: Ask): Answer =>
  passGate(world, ask, (now) =>
    withBody(ask, listing, ({ keyword, ...page }) => {
      const found = [...world.state.seats.values()].filter((one) =>
        says(keyword, one.emailAddress, one.firstName, one.lastName),
      )
      const { totalCount, items } = pageOf(found, page)
      return json(200, { totalCount, items: items.map((one) => accountOf(one, now)) })
    }),
  )

/** GET li_account/GetById. */
export const accountById = (world: World, ask: Ask): Answer =>
  passGate(world, ask, (now) =>
    withId(ask, 'accountId', (id) => {
      const seat = world.state.seats.get(id)
      return seat ? json(200, accountOf(seat, now)) : unknownId(world.state.settings, 'LinkedIn account')
    }),
  )
