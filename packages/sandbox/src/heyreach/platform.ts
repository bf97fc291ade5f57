import type { Platform, Route } from '../core/route.ts'
import { accountById, allAccounts, checkApiKey } from './api/accounts.ts'
import { allCampaigns, allLists, campaignById, listById } from './api/campaigns.ts'
import { tooMany, unknownPath } from './api/errors.ts'
import { MINUTE_MS } from './api/gate.ts'
import { API, BASE } from './origins.ts'
import { addSender, removeSender, senderById, verifySender } from './senders/senders.ts'
import type { World } from './world.ts'

const SENDER = '/senders/:id{[0-9]+}'

export function heyreachPlatform(world: World): Platform {
  const route = (endpoint: string, method: Route['method'], path: string, answer: Route['answer']): Route => ({
    ...{ endpoint: `heyreach.${endpoint}`, origin: API, method, path: `${BASE}${path}`, answer, head: false },
  })
  return {
    id: 'heyreach',
    origins: [API],
    routes: [
      route('check-key', 'GET', '/auth/CheckApiKey', (ask) => checkApiKey(world, ask)),
      route('accounts', 'POST', '/li_account/GetAll', (ask) => allAccounts(world, ask)),
      route('account', 'GET', '/li_account/GetById', (ask) => accountById(world, ask)),
      route('campaigns', 'POST', '/campaign/GetAll', (ask) => allCampaigns(world, ask)),
      route('campaign', 'GET', '/campaign/GetById', (ask) => campaignById(world, ask)),
      route('lists', 'POST', '/list/GetAll', (ask) => allLists(world, ask)),
      route('list', 'GET', '/list/GetById', (ask) => listById(world, ask)),
      route('senders-add', 'POST', '/senders/linkedin', (ask) => addSender(world, ask)),
      route('senders-verify', 'POST', '/senders/linkedin/verify', (ask) => verifySender(world, ask)),
      route('sender', 'GET', SENDER, (ask) => senderById(world, ask)),
      route('sender-remove', 'DELETE', SENDER, (ask) => removeSender(world, ask)),
    ],
    notFound: unknownPath,
    // Another verb is another endpoint, which is not there either.
    methodNotAllowed: unknownPath,
    throttled: () => tooMany(world.state.settings, MINUTE_MS),
  }
}
