import { Initials } from '@mooring/react'
import { ArrowLeft, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSignedIn } from '../app/gate.tsx'
import { Wordmark } from '../shell/logo.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Tile } from '../ui/tile.tsx'
import { Steps } from './steps.tsx'

export interface PickerFrameProps {
  provider: string
  name: string
  title: string
  lead: string
  /** Inside a flow there are steps; changing accounts later has none. */
  steps: boolean
  onLeave: () => void
  aside: ReactNode
  children: ReactNode
}

/** A page of its own for one decision: nothing else to click. */
export function PickerFrame({ provider, name, title, lead, steps, onLeave, aside, children }: PickerFrameProps) {
  const { workspace } = useSignedIn()
  return (
    <>
      <header className="grid h-15 grid-cols-[1fr_auto_1fr] items-center gap-4 border-b border-line bg-sunken px-7 max-rail:hidden">
        <Wordmark />
        {steps ? <Steps current={1} /> : <span />}
        <p className="flex items-center justify-end gap-2 text-caption text-ink-2">
          <Initials label={workspace.name} kind="workspace" />
          {workspace.name}
          <IconButton label="Cancel and go to your accounts" onClick={onLeave}>
            <X size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </p>
      </header>
      <PhoneHead title={steps ? `Connect ${name}` : name} steps={steps} onLeave={onLeave} />
      <main className="mx-auto max-w-245 rail:px-3.5 rail:pt-11.5 rail:pb-8 max-rail:pt-5">
        <div className="mb-5 flex items-center gap-3.5 max-rail:mb-4 max-rail:px-4">
          <span className="max-rail:hidden">
            <Tile provider={provider} name={name} size={44} />
          </span>
          <div>
            <h1 className="text-page rail:text-[22px] rail:leading-7">{title}</h1>
            <p className="text-writing text-ink-2">{lead}</p>
          </div>
        </div>
        <div className="grid gap-8 side:grid-cols-[minmax(0,1fr)_300px] side:items-start max-rail:gap-0">
          <div className="rail:[--mooring-picker-height:max(420px,calc(100dvh-304px))]">{children}</div>
          <div className="max-rail:hidden">{aside}</div>
        </div>
      </main>
    </>
  )
}

function PhoneHead({ title, steps, onLeave }: { title: string; steps: boolean; onLeave: () => void }) {
  return (
    <header className="relative flex h-12 items-center gap-2 border-b border-line bg-sunken px-3 rail:hidden">
      <IconButton label="Cancel and go to your accounts" onClick={onLeave}>
        <ArrowLeft size={18} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <p className="flex-1 text-writing font-semibold">{title}</p>
      {steps && (
        <>
          <p className="pr-1 text-caption text-ink-2">2 of 3</p>
          <span aria-hidden="true" className="absolute inset-x-0 -bottom-px h-0.75 bg-line">
            <span className="block h-full w-2/3 bg-accent" />
          </span>
        </>
      )}
    </header>
  )
}
