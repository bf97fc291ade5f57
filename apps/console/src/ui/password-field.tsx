import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { Field } from './field.tsx'
import { IconButton } from './icon-button.tsx'

export interface PasswordFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  /** One that is chosen now, and not the one of before. */
  fresh?: boolean
  error?: string | undefined
}

/** With a button to see what was typed; password managers are told which kind it is. */
export function PasswordField({ label, value, onChange, fresh = false, error }: PasswordFieldProps) {
  const [seen, setSeen] = useState(false)
  return (
    <div className="relative">
      <Field
        label={label}
        type={seen ? 'text' : 'password'}
        name={fresh ? 'new-password' : 'password'}
        autoComplete={fresh ? 'new-password' : 'current-password'}
        spellCheck={false}
        required
        value={value}
        onChange={(event) => onChange(event.target.value)}
        error={error}
        {...(fresh ? { hint: 'At least 10 characters. A few unusual words are best.' } : {})}
      />
      <div className="absolute top-5.5 right-1 max-rail:top-6.5">
        <IconButton label={seen ? 'Hide the password' : 'Show the password'} onClick={() => setSeen(!seen)}>
          {seen ? <EyeOff size={14} aria-hidden /> : <Eye size={14} aria-hidden />}
        </IconButton>
      </div>
    </div>
  )
}
