import { useWebhookChange } from '@mooring/react'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { UrlField, urlFault } from '../settings/webhooks/endpoint-fields.tsx'
import { asUrl, faultOf } from '../settings/webhooks/words.ts'
import { Button } from '../ui/button.tsx'
import { CopyField } from '../ui/copy-field.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { notify } from '../ui/notify.tsx'

export function WebhookStep({ done, onward }: { done: boolean; onward: () => void }) {
  const [url, setUrl] = useState('')
  const add = useWebhookChange((client, wanted: string) => client.webhooks.add({ url: wanted }))
  if (add.data) return <Entered id={add.data.id} secret={add.data.secret} onward={onward} />
  if (done) return <There onward={onward} />
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!add.isPending) add.mutate(asUrl(url))
  }
  return (
    <form onSubmit={submit} className="flex flex-1 flex-col gap-4">
      <FormProblem error={urlFault(add.error) === undefined ? add.error : null} />
      <UrlField url={url} onUrl={setUrl} error={add.error} />
      <p className="text-caption text-ink-2">
        It hears all news as signed JSON.{' '}
        <a href="/docs/guides/webhooks" className="text-link underline underline-offset-2">
          What arrives there
        </a>
        . No program of your own? Skip this, you lose nothing.
      </p>
      <Button variant="primary" type="submit" busy={add.isPending} className="mt-auto h-11! w-full">
        Enter it
      </Button>
    </form>
  )
}

/** The secret is shown this once: here, beside what to do with it. */
function Entered({ id, secret, onward }: { id: string; secret: string; onward: () => void }) {
  const test = useWebhookChange((client, which: string) => client.webhooks.test(which))
  const run = () =>
    test.mutate(id, {
      onSuccess: (found) =>
        found.ok
          ? notify.ok('The test arrived.', { id: 'webhook-test' })
          : notify.bad(`The test did not arrive. ${faultOf(found)}`, { id: 'webhook-test' }),
      onError: (error) => notify.problem(error, { id: 'webhook-test' }),
    })
  return (
    <>
      <section aria-labelledby="secret" className="grid gap-2 rounded-card border border-line bg-card p-4">
        <h2 id="secret" className="text-section">
          The endpoint’s secret
        </h2>
        <p className="text-caption text-ink-2">
          Your program checks the signatures with it. Copy it now: it is sealed here, and not shown again.
        </p>
        <CopyField value={secret} label="Copy the secret" />
      </section>
      <Button busy={test.isPending} onClick={run} className="self-start">
        Send a test
      </Button>
      <Button variant="primary" onClick={onward} className="mt-auto h-11! w-full">
        I have copied it, go on
      </Button>
    </>
  )
}

function There({ onward }: { onward: () => void }) {
  return (
    <>
      <p className="text-ui text-ink-2">
        There is an endpoint already. You find it under{' '}
        <Link to="/settings/webhooks" className="text-link underline underline-offset-2">
          Settings, Webhooks
        </Link>
        .
      </p>
      <Button variant="primary" onClick={onward} className="mt-auto h-11! w-full">
        Go on
      </Button>
    </>
  )
}
