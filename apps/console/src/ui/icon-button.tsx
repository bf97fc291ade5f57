import type { ComponentProps } from 'react'

export interface IconButtonProps extends ComponentProps<'button'> {
  label: string
}

/** An icon that says its name to a screen reader and to a resting pointer. */
export function IconButton({ label, className = '', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      data-slot="icon-button"
      className={`touch inline-flex size-7 flex-none cursor-pointer items-center justify-center rounded-button text-ink-2 transition-colors duration-120 hover:bg-hover hover:text-ink data-[state=open]:bg-hover data-[state=open]:text-ink ${className}`}
    />
  )
}
