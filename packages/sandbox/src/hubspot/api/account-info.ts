import { empty, json } from '../../core/answer.ts'
import type { Answer, Ask } from '../../core/ask.ts'
import { uninstall } from '../state.ts'
import type { World } from '../world.ts'
import { passGate } from './gate.ts'

const OAUTH = { scopes: ['oauth'] }

/** GET /account-info/{version}/details. */
export const accountInfo = (world: World, ask: Ask): Answer =>
  passGate(world, ask, OAUTH, (portal) =>
    json(200, {
      portalId: portal.id,
      accountType: portal.type,
      timeZone: 'Europe/Rome',
      companyCurrency: 'EUR',
      additionalCurrencies: [],
      utcOffset: '+01:00',
      utcOffsetMilliseconds: 3_600_000,
      uiDomain: portal.hublet === 'eu1' ? 'app-eu1.hubspot.com' : 'app.hubspot.com',
      dataHostingLocation: portal.hublet,
      // Only from 2026-09 on.
      ...(ask.params.version === '2026-09' && { portalName: portal.name, createdAt: '2024-05-13T08:00:00Z' }),
    }),
  )

/** DELETE /appinstalls/{version}/external-install: out of the account, whoever put it there. The admins get a letter. */
export const uninstallApp = (world: World, ask: Ask): Answer =>
  passGate(world, ask, OAUTH, (_portal, grant) => {
    uninstall(world.state, grant)
    return empty(204)
  })
