import { INTENT_MS } from '../intents.ts'
import { type State, statusOf } from '../state.ts'

/** What tests may look at. No key, no header of a webhook, no secret and no link: all of them open something. */
export function showUnipile(state: State, now: number) {
  return {
    apps: state.apps.map(({ clientSecret: _key, ...app }) => app),
    seats: [...state.seats.values()].map((seat) => ({ ...seat, status: statusOf(seat) })),
    intents: [...state.intents.values()].map(({ id, generation, person, startedAt, steps, wrong, over }) => ({
      ...{ id, generation, person, startedAt, wrong },
      waitsFor: steps.map((one) => one.type),
      over: over ?? (now >= startedAt + INTENT_MS ? 'expired' : null),
    })),
    webhooks: [...state.hooks.values()].map(({ headers, secret: _secret, ...hook }) => ({
      ...hook,
      headers: headers.map(({ key }) => key),
    })),
    deliveries: state.deliveries.map(({ headers: _headers, secret: _secret, body: _body, ...one }) => one),
    links: state.links.size,
    restricted: [...state.restricted],
    settings: state.settings,
  }
}
