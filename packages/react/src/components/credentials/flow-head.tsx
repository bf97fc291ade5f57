import { type ReactNode, useEffect, useRef } from 'react'
import type { StepProps } from './step-props.ts'

interface FlowHeadProps extends Pick<StepProps, 'mark' | 'heading'> {
  title: string
  /** Nothing below takes the focus: then a screen reader goes on from here. */
  focus?: boolean
  children?: ReactNode
}

export function FlowHead({ title, mark, heading: Heading = 'h2', focus = false, children }: FlowHeadProps) {
  const ref = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (focus) ref.current?.focus()
  }, [focus])
  return (
    <header data-slot="flow-head" className="mooring-flow-head">
      {mark}
      <div>
        <Heading ref={ref} tabIndex={-1} className="mooring-flow-title">
          {title}
        </Heading>
        {children !== undefined && <p className="mooring-flow-lead">{children}</p>}
      </div>
    </header>
  )
}
