/** The shapes of webhooks. */

export interface Webhook {
  id: string
  url: string
  /** Null: all but what is routine. */
  events: string[] | null
  state: 'active' | 'failing' | 'paused'
  failingSince: string | null
  pausedAt: string | null
  /** `failing`: nothing arrived for three days. `gone`: the endpoint said so. */
  pausedWhy: 'person' | 'failing' | 'gone' | null
  createdAt: string
  createdBy: string
}

export interface CreatedWebhook extends Webhook {
  /** Shown once. */
  secret: string
}

export interface NewWebhook {
  url: string
  events?: string[] | null
}

export interface WebhookChange {
  url?: string
  events?: string[] | null
  paused?: boolean
}

export interface WebhookTest {
  ok: boolean
  status: number | null
  fault: string | null
}

export interface WebhookDelivery {
  id: string
  eventId: string | null
  type: string
  /** `held`: until the pause ends. */
  state: 'waiting' | 'held' | 'delivered' | 'failed'
  tries: number
  status: number | null
  fault: string | null
  createdAt: string
  lastTriedAt: string | null
  nextTryAt: string | null
}
