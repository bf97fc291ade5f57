import { type Deliverable, deliveryLook } from '../logic/delivery-status.ts'
import { Pill } from './pill.tsx'

/** What became of a post at one account. */
export function DeliveryStatus({ delivery }: { delivery: Deliverable }) {
  const { tone, label, icon, dashed } = deliveryLook(delivery)
  return (
    <Pill tone={tone} icon={icon} dashed={dashed}>
      {label}
    </Pill>
  )
}
