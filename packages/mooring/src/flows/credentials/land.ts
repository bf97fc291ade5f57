/** What a step at the service makes of the flow. */
import { portOf } from '../../connections/seat-context.ts'
import type { Refused, Step } from '../../provider-credentials.ts'
import { told } from './sentences.ts'
import { settleSeat } from './settle-seat.ts'
import { explain, formAgain, type Work, waitFor } from './work.ts'

/** Of these the attempt lives on, and the person answers anew. */
const STAYS: ReadonlySet<Refused['why']> = new Set(['code', 'too_soon', 'unavailable'])

/** `solving`: a checkpoint waited, to which a wrong answer goes back. */
export async function land(work: Work, step: Step, solving: boolean): Promise<void> {
  const { flow } = work
  switch (step.is) {
    case 'connected':
      return settleSeat(work, step.seat, flow.reconnects === null ? 'made' : 'renewed')
    case 'checkpoint': {
      if (step.checkpoint.type !== 'hosted') return waitFor(work, step.attempt, step.checkpoint)
      return unsolvable(work, step.attempt)
    }
    case 'waiting':
      if (flow.service_id !== null && flow.checkpoint) await waitFor(work, flow.service_id, flow.checkpoint)
      return
    case 'refused': {
      if (step.why === 'unsolvable') return unsolvable(work, flow.service_id ?? '')
      const said = await explain(work, step)
      const { service_id: attempt, checkpoint } = flow
      if (solving && STAYS.has(step.why) && attempt !== null && checkpoint)
        return waitFor(work, attempt, checkpoint, said, step.code)
      await formAgain(work, said, step)
    }
  }
}

/** Only the service's own page can show it, where it has one. */
async function unsolvable(work: Work, attempt: string): Promise<void> {
  const port = portOf(work.registration)
  const { hosted } = port.ways(work.registration.settings, work.registration.app.id)
  const said = told('unsolvable', { platform: port.platform, service: work.registration.provider.name, hosted })
  if (hosted) await waitFor(work, attempt, { type: 'hosted' }, said)
  else await formAgain(work, said)
}
