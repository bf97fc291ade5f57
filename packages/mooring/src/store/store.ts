/** All repositories over one database. */
import { accessStore } from './access.ts'
import { accountStore } from './accounts.ts'
import { alertStore } from './alerts.ts'
import { attemptStore } from './attempts.ts'
import { auditStore } from './audit.ts'
import { completionStore, overdueStore } from './completions.ts'
import { connectLinkStore } from './connect-links.ts'
import { connectSessionStore } from './connect-sessions.ts'
import { importStore } from './connection-import.ts'
import { connectionStore } from './connections.ts'
import type { Db, RunSql } from './database.ts'
import { deliveryStore } from './deliveries.ts'
import { deliveryQueue } from './delivery-queue.ts'
import { deliveryWork } from './delivery-work.ts'
import { dueStore } from './due.ts'
import { eventStore } from './events.ts'
import { flowStore } from './flows.ts'
import { forecastStore } from './forecast.ts'
import { mediaStore } from './media.ts'
import { memberStore } from './members.ts'
import { letterStore, notificationStore } from './notifications.ts'
import { onboardingStore } from './onboarding.ts'
import { peopleStore } from './people.ts'
import { postStore } from './posts.ts'
import { processStore } from './processes.ts'
import { budgetStore, publishingSettings } from './publishing-settings.ts'
import { pushStore } from './pushes.ts'
import { registrationStore } from './registrations.ts'
import { sealedStore } from './sealed.ts'
import { signInStore } from './sign-in.ts'
import { supersedeStore } from './supersede.ts'
import { webhookOutbox } from './webhook-outbox.ts'
import { webhookStore } from './webhooks.ts'
import { workspaceStore } from './workspaces.ts'

export type Store = ReturnType<typeof createStore>

export function createStore(db: Db) {
  return {
    workspaces: workspaceStore(db),
    access: accessStore(db),
    audit: auditStore(db),
    people: peopleStore(db),
    members: memberStore(db),
    notifications: notificationStore(db),
    letters: letterStore(db),
    onboarding: onboardingStore(db),
    webhooks: webhookStore(db),
    webhookOutbox: webhookOutbox(db),
    signIn: signInStore(db),
    connections: connectionStore(db),
    imports: importStore(db),
    accounts: accountStore(db),
    registrations: registrationStore(db),
    flows: flowStore(db),
    attempts: attemptStore(db),
    connectLinks: connectLinkStore(db),
    completions: completionStore(db),
    connectSessions: connectSessionStore(db),
    overdue: overdueStore(db),
    events: eventStore(db),
    sealed: sealedStore(db),
    processes: processStore(db),
    pushes: pushStore(db),
    grants: supersedeStore(db),
    due: dueStore(db),
    alerts: alertStore(db),
    forecast: forecastStore(db),
    media: mediaStore(db),
    posts: postStore(db),
    deliveries: deliveryStore(db),
    deliveryWork: deliveryWork(db),
    deliveryQueue: deliveryQueue(db),
    publishing: publishingSettings(db),
    budgets: budgetStore(db),
    /** For the queue library, which brings its own statements for its own schema. */
    foreignSql: ((text, values) => db.pool.query(text, values)) as RunSql,
    /** Throws MooringError `database_unavailable` when the database does not answer. */
    async ping(): Promise<void> {
      await db.instance(async () => {})
    },
    /** The clients of this process, from memory. `waiting` are callers that have none yet. */
    pool: () => ({
      total: db.pool.totalCount,
      idle: db.pool.idleCount,
      waiting: db.pool.waitingCount,
      max: db.pool.options.max ?? 10,
    }),
    close: () => db.close(),
  }
}
