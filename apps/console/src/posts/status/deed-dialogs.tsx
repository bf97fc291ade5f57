import { type Delivery, networkOf } from '@mooring/react'
import { useState } from 'react'
import { AskDialog } from '../../ui/ask-dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { messageOf } from '../../ui/notify.tsx'
import type { Deed, useDeeds } from './use-deeds.ts'

interface DeedDialogProps {
  deed: Exclude<Deed, 'retry'>
  delivery: Delivery
  deeds: ReturnType<typeof useDeeds>
  onClose: () => void
}

/** What is asked once more: each names the account, and what cannot be taken back. */
export function DeedDialog({ deed, delivery, deeds, onClose }: DeedDialogProps) {
  const [url, setUrl] = useState('')
  const { account } = delivery
  const { name } = networkOf(account)
  const shared = {
    busy: deeds.busy(deed),
    onRun: () => deeds.run({ deed, delivery, url }, onClose),
    onClose,
    children: <FormProblem error={deeds.error} />,
  }
  switch (deed) {
    case 'live':
      return (
        <AskDialog
          {...shared}
          title="It is live"
          description={`We note it as published for ${account.label}, and do not send it again.`}
          action="It is live"
          tone="primary"
        >
          <Field
            error={deeds.error === null ? undefined : messageOf(deeds.error)}
            label="Its address, if you have it at hand"
            type="url"
            inputMode="url"
            placeholder="https://"
            hint={`Copied from the post at ${name}. Without it there is no link from here.`}
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </AskDialog>
      )
    case 'again':
      return (
        <AskDialog
          {...shared}
          title={`Send it to ${account.label} again?`}
          description={`If it is there after all, ${account.label} will have it twice on ${name}. Look once more, also at what was posted in the last minutes.`}
          action="It is not there, send again"
          keep="Look again"
        />
      )
    case 'cancel':
      return (
        <AskDialog
          {...shared}
          title={`Do not send it to ${account.label}?`}
          description="The other accounts are not touched. You can send it later."
          action="Do not send it"
          keep="Keep it"
        />
      )
    case 'remove':
      return (
        <AskDialog
          {...shared}
          title={`Take it down from ${name}?`}
          description={`The post of ${account.label} is deleted there, with what people wrote below it. Nobody can bring it back.`}
          action="Take it down"
          keep="Keep it"
        />
      )
  }
}
