import type { ComponentProps } from 'react'
import { useSlow } from '../../hooks/use-slow.ts'
import { Icon } from '../icon.tsx'

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger'
  size?: 'normal' | 'small' | 'wide'
  /** Under way: it cannot be pressed, and says so after a second. */
  busy?: boolean
  /** Cannot be pressed now. It keeps its focus, and whoever sets this says why beside it. */
  blocked?: boolean
}

export function Button(props: ButtonProps) {
  const { variant = 'secondary', size = 'normal', busy = false, blocked = false, onClick, children, ...rest } = props
  const slow = useSlow(busy)
  const off = busy || blocked
  return (
    <button
      type="button"
      {...rest}
      data-slot="button"
      data-variant={variant}
      data-size={size}
      className="mooring-button"
      aria-busy={busy || undefined}
      aria-disabled={off || undefined}
      onClick={off ? (event) => event.preventDefault() : onClick}
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

export interface IconButtonProps extends ComponentProps<'button'> {
  label: string
  blocked?: boolean
}

/** An icon that says its name to a screen reader and to a resting pointer. */
export function IconButton({ label, blocked = false, onClick, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...rest}
      aria-disabled={blocked || undefined}
      data-slot="icon-button"
      className="mooring-icon-button"
      onClick={blocked ? undefined : onClick}
    />
  )
}
