import {
  ConnectButton,
  type Connection,
  type OnboardingStepInfo,
  type Provider,
  useConnections,
  useProviders,
} from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { Building2, CircleCheck, ListChecks, Settings2, Webhook } from 'lucide-react'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { notify } from '../ui/notify.tsx'
import { Bone } from '../ui/skeleton.tsx'
import { Tile } from '../ui/tile.tsx'

interface ConnectStepProps {
  step: OnboardingStepInfo
  onward: () => void
}

export function ConnectStep({ step, onward }: ConnectStepProps) {
  const providers = useProviders()
  const connections = useConnections()
  const retry = () => void Promise.all([providers.refetch(), connections.refetch()])
  if (providers.isError || connections.isError)
    return <ErrorPanel error={providers.error ?? connections.error} onRetry={retry} />
  if (!providers.data || !connections.data) return <Bone className="h-16 w-full" />
  const mine = connections.data.filter((one) => step.providers.includes(one.provider) && one.state !== 'disconnected')
  const offered = step.providers.flatMap((id) => providers.data.find((one) => one.id === id) ?? [])
  return (
    <>
      <ul className="grid gap-2.5">
        {offered.map((provider) => (
          <Offer
            key={provider.id}
            step={step}
            provider={provider}
            connected={mine.filter((one) => one.provider === provider.id)}
          />
        ))}
      </ul>
      {step.state === 'done' && (
        <Button variant="primary" onClick={onward} className="mt-auto h-11! w-full">
          Go on
        </Button>
      )}
    </>
  )
}

interface OfferProps {
  step: OnboardingStepInfo
  provider: Provider
  connected: readonly Connection[]
}

function Offer({ step, provider, connected }: OfferProps) {
  const { id, name, configured, beforeConnect } = provider
  return (
    <li data-slot="offer" className="grid gap-3 rounded-card border border-line bg-card p-4">
      <div className="flex items-center gap-3 max-rail:flex-wrap">
        <Tile provider={id} name={name} />
        <div className="min-w-0 flex-1">
          <h2 className="text-section">{name}</h2>
          {connected.map((one) => (
            <p key={one.id} className="mt-0.5 flex items-center gap-1.5 text-caption text-ink-2">
              <CircleCheck size={13} aria-hidden className="flex-none text-ok" />
              Connected as {one.identity.label}
            </p>
          ))}
        </div>
        {configured && (
          <ConnectButton
            provider={id}
            returnTo={`/onboarding?step=${step.id}`}
            variant={connected.length > 0 || step.state === 'done' ? 'secondary' : 'primary'}
            onError={(message) => notify.bad(message, { id: 'start' })}
          >
            {connected.length > 0 ? 'Connect another' : `Connect ${name}`}
          </ConnectButton>
        )}
      </div>
      {configured && connected.length === 0 && beforeConnect && (
        <p className="text-caption text-ink-2">{beforeConnect}</p>
      )}
      {!configured && (
        <Banner tone="idle" icon={Settings2} message={`${name} is not set up on this server yet.`}>
          <Link to="/accounts" className="text-link underline underline-offset-2">
            How to set it up
          </Link>
        </Banner>
      )}
    </li>
  )
}

const ICONS = { business: Building2, connect: ListChecks, webhook: Webhook, host: ListChecks }

/** Beside a step's title. */
export function StepMark({ step }: { step: OnboardingStepInfo }) {
  const [only, ...more] = step.providers
  if (only !== undefined && more.length === 0) return <Tile provider={only} name={only} size={44} />
  const Icon = ICONS[step.kind]
  return (
    <span
      aria-hidden="true"
      className="inline-flex size-11 flex-none items-center justify-center rounded-card border border-line bg-raised"
    >
      <Icon size={20} strokeWidth={1.75} />
    </span>
  )
}
