import { Toaster } from 'sonner'
import { usePhone } from '../app/use-phone.ts'

export function Toasts() {
  const phone = usePhone()
  return (
    <Toaster
      position={phone ? 'top-center' : 'bottom-right'}
      offset={20}
      mobileOffset={12}
      gap={8}
      visibleToasts={4}
      expand
      containerAriaLabel="Messages"
    />
  )
}
