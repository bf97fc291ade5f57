import { firstSentence } from '../../logic/sentence.ts'
import { Icon } from '../icon.tsx'

interface FlowAlertProps {
  id?: string
  message: string | undefined
}

/** What went wrong, read out when it comes. */
export function FlowAlert({ id, message }: FlowAlertProps) {
  if (message === undefined) return null
  const [first, rest] = firstSentence(message)
  return (
    <div id={id} role="alert" data-slot="flow-alert" className="mooring-flow-note" data-tone="bad">
      <Icon name="triangle-alert" size={16} />
      <p>
        <b>{first}</b> {rest}
      </p>
    </div>
  )
}
