import { Monitor, Moon, Sun } from 'lucide-react'
import { type Theme, useTheme } from '../app/theme.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuChoice, MenuChoices } from '../ui/menu.tsx'

const LOOKS = {
  system: { label: 'As the system', icon: Monitor },
  dark: { label: 'Dark', icon: Moon },
  light: { label: 'Light', icon: Sun },
}

export function ThemeMenu() {
  const { theme, choose } = useTheme()
  const Current = LOOKS[theme].icon
  return (
    <Menu
      label="Theme"
      trigger={
        <IconButton label={`Theme: ${LOOKS[theme].label.toLowerCase()}`}>
          <Current size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      }
    >
      <MenuChoices value={theme} onValueChange={(next) => choose(next as Theme)}>
        {Object.entries(LOOKS).map(([value, { label, icon: Icon }]) => (
          <MenuChoice key={value} value={value} icon={<Icon size={14} aria-hidden />}>
            {label}
          </MenuChoice>
        ))}
      </MenuChoices>
    </Menu>
  )
}
