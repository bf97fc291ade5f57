import { useSlow } from '@mooring/react'
import { LoaderCircle } from 'lucide-react'
import type { ComponentProps } from 'react'

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger'
  size?: 'normal' | 'small'
  /** Under way: it cannot be pressed, and says so after a second. */
  busy?: boolean
  /** Cannot be pressed now. It keeps its focus, and whoever sets this says why beside it. */
  blocked?: boolean
}

export function Button(props: ButtonProps) {
  const { variant = 'secondary', size = 'normal', busy = false, blocked = false, ...rest } = props
  const { className = '', onClick, children, ...own } = rest
  const slow = useSlow(busy)
  const off = busy || blocked
  return (
    <button
      type="button"
      {...own}
      data-slot="button"
      data-variant={variant}
      data-size={size}
      aria-busy={busy || undefined}
      aria-disabled={off || undefined}
      onClick={off ? (event) => event.preventDefault() : onClick}
      className={`mooring-button ${className}`}
    >
      {slow && <LoaderCircle size={14} className="animate-turn" aria-hidden />}
      {children}
    </button>
  )
}
