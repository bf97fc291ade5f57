import { Wrench } from 'lucide-react'
import { Banner } from '../ui/banner.tsx'
import { useRefused } from './use-refused.ts'

/** Where something would be connected: the platform refuses this kind of app now. */
export function RefusedNote({ registration, name }: { registration: string; name: string }) {
  const refused = useRefused()
  if (!refused(registration)) return null
  return (
    <Banner tone="warn" icon={Wrench} message={`${name} refuses this server's app. We have to fix this, not you.`} />
  )
}
