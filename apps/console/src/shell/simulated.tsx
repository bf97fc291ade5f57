import { FlaskConical } from 'lucide-react'
import { Popover } from 'radix-ui'

/** Says at all times that what one sees is played by the sandbox, and what that means. */
export function Simulated({ short = false }: { short?: boolean }) {
  return (
    <Popover.Root>
      <Popover.Trigger
        title="Simulated platforms"
        className="touch mb-3 flex h-7 cursor-pointer items-center gap-1.5 rounded-pill border border-dashed border-line-strong px-2.5 text-caption font-medium text-idle hover:bg-hover data-[slot=short]:mb-0 max-side:mx-auto max-side:px-1.5"
        data-slot={short ? 'short' : 'long'}
      >
        <FlaskConical size={13} aria-hidden className="flex-none" />
        <span className={short ? '' : 'max-side:sr-only'}>{short ? 'Simulated' : 'Simulated platforms'}</span>
      </Popover.Trigger>
      <Popover.Portal container={document.getElementById('main')}>
        <Popover.Content
          side={short ? 'bottom' : 'top'}
          align={short ? 'end' : 'start'}
          sideOffset={8}
          collisionPadding={12}
          className="z-50 w-75 animate-menu rounded-inset border border-line-strong bg-float p-4 shadow-menu outline-none data-[state=closed]:animate-leave"
        >
          <h2 className="text-ui font-semibold">Simulated platforms</h2>
          <p className="mt-1 text-caption text-ink-2">
            The sandbox on this machine plays every platform that has no app of yours yet, as strictly as the real one.
            No real account there is touched, and nothing of it leaves this machine.
          </p>
          <p className="mt-2 text-caption text-ink-2">
            To connect real accounts, set the client id and secret of your own app and start again. Each platform's card
            says how.
          </p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
