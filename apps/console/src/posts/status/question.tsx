import { type Delivery, networkOf } from '@mooring/react'
import { Check, RotateCcw } from 'lucide-react'
import { Button } from '../../ui/button.tsx'

interface QuestionProps {
  delivery: Delivery
  onLive: () => void
  onAgain: () => void
}

/** An outcome that nobody knows is one question with two equal answers. */
export function Question({ delivery: { account }, onLive, onAgain }: QuestionProps) {
  const { name } = networkOf(account)
  return (
    <div
      data-slot="question"
      className="flex items-center gap-3 rounded-inset border border-unk-line bg-unk-bg px-3.5 py-3 max-rail:flex-col max-rail:items-stretch"
    >
      <div className="min-w-0 flex-1">
        <p className="text-ui font-semibold">
          Is it on {name}, at {account.label}?
        </p>
        <p className="mt-0.5 text-caption text-ink-2">We look ourselves where {name} lets us. You can see it sooner.</p>
      </div>
      <div className="flex flex-none gap-2.5 max-rail:grid">
        <Button onClick={onLive}>
          <Check size={15} aria-hidden />
          It is live
        </Button>
        <Button onClick={onAgain}>
          <RotateCcw size={14} aria-hidden />
          It is not, send again
        </Button>
      </div>
    </div>
  )
}
