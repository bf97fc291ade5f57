import { Approval } from './approval.tsx'
import { CodeForm } from './code-form.tsx'
import { HostedStep } from './hosted-step.tsx'
import { PhoneForm } from './phone-form.tsx'
import type { StepProps } from './step-props.ts'

/** What the platform asks for after the password: a code, a yes on the phone, a number, or a visit to another page. */
export function TwoFactorForm(props: StepProps) {
  switch (props.flow.checkpoint) {
    case 'code':
    case 'code_or_approval':
      return <CodeForm {...props} />
    case 'approval':
      return <Approval {...props} />
    case 'phone':
      return <PhoneForm {...props} />
    case 'hosted':
      return <HostedStep {...props} />
    case 'accounts':
    case null:
      return null
  }
}
