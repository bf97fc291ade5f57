/** This process among those that serve: written at the start, kept fresh by a heartbeat, taken off at the end. */
import { unknownFault } from './error.ts'
import type { Runtime } from './runtime.ts'
import { BEAT_MS, type NewProcess } from './store/processes.ts'
import type { Store } from './store/store.ts'

export interface Presence {
  id: string
  leave(): Promise<void>
}

/** Throws as the database does: a process that cannot write itself cannot serve either. */
export async function enter(
  runtime: Runtime,
  store: Pick<Store, 'processes'>,
  parts: Omit<NewProcess, 'id'>,
): Promise<Presence> {
  const self = { id: runtime.uuid(), ...parts }
  const startedAt = await store.processes.beat(self, undefined)
  let beating: Promise<void> | undefined
  const beat = async () => {
    try {
      await store.processes.beat(self, startedAt)
    } catch (error) {
      runtime.log.warn({ fault: unknownFault(error) }, 'the heartbeat of this process was not written')
    }
  }
  const stop = runtime.every(BEAT_MS, () => {
    // A database that is slow gets one beat at a time.
    beating ??= beat().finally(() => {
      beating = undefined
    })
  })
  return {
    id: self.id,
    async leave() {
      stop()
      // A beat that came after the end would write the process anew.
      await beating
      await store.processes.leave(self.id).catch((error) => {
        runtime.log.warn({ fault: unknownFault(error) }, 'this process was not taken off the list; it ends by itself')
      })
    },
  }
}
