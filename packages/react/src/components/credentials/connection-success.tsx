import { useEffect, useRef } from 'react'
import { connectedSentence } from '../../logic/credential-words.ts'
import { Icon } from '../icon.tsx'
import { FlowButton } from './flow-button.tsx'
import { FlowHead } from './flow-head.tsx'
import { credentialsOf, type StepProps } from './step-props.ts'

export interface ConnectionSuccessProps extends StepProps {
  /** Where it goes on to, by itself after a moment; without it, the page is the end. */
  onGoOn?: (() => void) | undefined
}

const READ = 3000

export function ConnectionSuccess({ flow, mark, heading, onGoOn }: ConnectionSuccessProps) {
  const { platform } = credentialsOf(flow)
  const go = useRef(onGoOn)
  go.current = onGoOn
  const goes = onGoOn !== undefined
  useEffect(() => {
    if (!goes) return
    const timer = setTimeout(() => go.current?.(), READ)
    return () => clearTimeout(timer)
  }, [goes])
  return (
    <section data-slot="connection-success" className="mooring-flow">
      <FlowHead title={`${platform} is connected`} mark={mark} heading={heading} focus>
        {connectedSentence(flow)}
      </FlowHead>
      <p className="mooring-flow-note" data-tone="ok" role="status">
        <Icon name="circle-check" size={16} />
        <span>{goes ? 'This page goes on by itself in a moment.' : 'All is done. You may close this page.'}</span>
      </p>
      {goes && <FlowButton onClick={onGoOn}>Go on</FlowButton>}
    </section>
  )
}
