import { useChooseAccounts } from '../../hooks/flows.ts'
import { AccountPicker } from '../picker/account-picker.tsx'
import { FlowHead } from './flow-head.tsx'
import { credentialsOf, type StepProps } from './step-props.ts'

/** Signed in; what it can act as is chosen now. */
export function ChooseAccounts({ flow, mark, heading }: StepProps) {
  const { platform } = credentialsOf(flow)
  const choose = useChooseAccounts(flow.id)
  return (
    <section data-slot="choose-accounts" className="mooring-flow">
      <FlowHead title="Choose what to connect" mark={mark} heading={heading} focus>
        {platform} said yes{flow.identity === null ? '' : ` for ${flow.identity.label}`}. Pick any number of accounts.
      </FlowHead>
      <AccountPicker
        candidates={flow.candidates}
        providerName={platform}
        onSubmit={(ids) => choose.mutate(ids)}
        submitting={choose.isPending}
        error={choose.error?.message}
      />
    </section>
  )
}
