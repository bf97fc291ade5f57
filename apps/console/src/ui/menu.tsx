import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'

const ITEM =
  'flex h-8 cursor-pointer items-center gap-2.5 rounded-button px-2.5 text-ui text-ink outline-none select-none data-highlighted:bg-hover data-[tone=bad]:text-bad max-rail:h-11'

interface MenuProps {
  trigger: ReactNode
  label: string
  align?: 'start' | 'end'
  children: ReactNode
}

export function Menu({ trigger, label, align = 'end', children }: MenuProps) {
  return (
    // Not modal: hiding the page from screen readers while its controls can still be focused helps nobody.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById('main')}>
        <DropdownMenu.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          // A toast that goes gives the focus back to where it was, and would close a menu that was opened meanwhile.
          onFocusOutside={(event) => event.preventDefault()}
          className="z-50 min-w-47 animate-menu rounded-inset border border-line-strong bg-float p-1 shadow-menu data-[state=closed]:animate-leave"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface MenuItemProps extends ComponentProps<typeof DropdownMenu.Item> {
  icon: ReactNode
  tone?: 'bad'
}

export function MenuItem({ icon, tone, children, ...rest }: MenuItemProps) {
  return (
    <DropdownMenu.Item {...rest} data-tone={tone} className={ITEM}>
      {icon}
      {children}
    </DropdownMenu.Item>
  )
}

export const MenuLine = () => <DropdownMenu.Separator className="my-1 h-px bg-line-strong" />

export const MenuChoices = DropdownMenu.RadioGroup

export function MenuChoice({
  icon,
  children,
  ...rest
}: ComponentProps<typeof DropdownMenu.RadioItem> & { icon: ReactNode }) {
  return (
    <DropdownMenu.RadioItem {...rest} className={ITEM}>
      {icon}
      <span className="flex-1">{children}</span>
      <DropdownMenu.ItemIndicator>
        <Check size={14} aria-hidden />
      </DropdownMenu.ItemIndicator>
    </DropdownMenu.RadioItem>
  )
}
