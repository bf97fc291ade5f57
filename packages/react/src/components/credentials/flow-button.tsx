import type { ComponentProps } from 'react'
import { useSlow } from '../../hooks/use-slow.ts'
import { Icon } from '../icon.tsx'

interface FlowButtonProps extends ComponentProps<'button'> {
  variant?: 'primary' | 'secondary'
  busy?: boolean
}

/** The one next step, as wide as the page. It says after a second that it is under way. */
export function FlowButton({ variant = 'primary', busy = false, onClick, children, ...rest }: FlowButtonProps) {
  const slow = useSlow(busy)
  return (
    <button
      type="button"
      {...rest}
      data-slot="button"
      data-variant={variant}
      data-size="wide"
      className="mooring-button"
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {slow && <Spinner />}
      {children}
    </button>
  )
}

export const Spinner = () => (
  <span className="mooring-spin" aria-hidden="true">
    <Icon name="loader" size={14} />
  </span>
)
