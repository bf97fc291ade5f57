import type * as api from './api.ts'
import type { Call } from './client.ts'

const at = (id: string, rest = '') => `/webhooks/${encodeURIComponent(id)}${rest}`

export const webhookCalls = (call: Call) => ({
  list: async () => (await call<{ data: api.Webhook[] }>('GET', '/webhooks')).data,
  add: (wanted: api.NewWebhook) => call<api.CreatedWebhook>('POST', '/webhooks', wanted),
  change: (id: string, to: api.WebhookChange) => call<api.Webhook>('PATCH', at(id), to),
  remove: (id: string) => call<void>('DELETE', at(id)),
  test: (id: string) => call<api.WebhookTest>('POST', at(id, '/test')),
  /** The last ones. */
  deliveries: async (id: string) =>
    (await call<api.Page<api.WebhookDelivery>>('GET', at(id, '/deliveries?limit=20'))).data,
  replay: (id: string, delivery: string) =>
    call<api.WebhookDelivery>('POST', at(id, `/deliveries/${encodeURIComponent(delivery)}/replay`)),
})

export const onboardingCalls = (call: Call) => ({
  get: () => call<api.Onboarding>('GET', '/onboarding'),
  see: () => call<api.Onboarding>('PUT', '/onboarding', { seen: true }),
  say: (step: string, state: api.OnboardingStepInfo['state']) =>
    call<api.Onboarding>('PUT', `/onboarding/steps/${encodeURIComponent(step)}`, { state }),
})
