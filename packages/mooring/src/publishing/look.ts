/** Posts with what stands around them: their accounts' connections, when each delivery is tried again, and of which something has left. */
import type { ConnectionRow } from '../store/connections.ts'
import type { DeliveryRow } from '../store/delivery-work.ts'
import type { Publishing } from './publishing.ts'

export interface Surroundings {
  connections: ReadonlyMap<string, ConnectionRow>
  nextTries: ReadonlyMap<string, Date>
  left: ReadonlySet<string>
}

export async function surroundings(
  { engine: { store } }: Publishing,
  workspace: string,
  deliveries: readonly DeliveryRow[],
): Promise<Surroundings> {
  const connections = [...new Set(deliveries.flatMap((one) => one.connection_id ?? []))]
  const ids = deliveries.map((one) => one.id)
  const [rows, nextTries, left] = await Promise.all([
    store.connections.some(workspace, connections),
    store.deliveries.nextTries(workspace, ids),
    store.deliveries.left(workspace, ids),
  ])
  return { connections: new Map(rows.map((row) => [row.id, row])), nextTries, left }
}
