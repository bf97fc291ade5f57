import type { ComponentProps } from 'react'

export function Card({ className = '', ...rest }: ComponentProps<'section'>) {
  return (
    <section
      data-slot="card"
      {...rest}
      className={`rounded-card border border-line bg-card shadow-card ${className}`}
    />
  )
}
