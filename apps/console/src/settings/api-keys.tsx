import { type ApiKey, useApiKeys } from '@mooring/react'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { ApiKeysSkeleton } from './api-keys-skeleton.tsx'
import { ApiKeysTable } from './api-keys-table.tsx'
import { DeleteKeyDialog } from './delete-key-dialog.tsx'
import { NewKeyDialog } from './new-key-dialog.tsx'

export function ApiKeys() {
  const keys = useApiKeys()
  const [making, setMaking] = useState(false)
  const [deleting, setDeleting] = useState<ApiKey | undefined>(undefined)
  return (
    <Card aria-labelledby="api-keys">
      <header className="flex items-center gap-2.5 border-b border-line py-3.5 pr-4 pl-4">
        <h2 id="api-keys" className="flex-1 text-section">
          API keys{' '}
          {keys.data && keys.data.length > 0 && (
            <span className="ml-1 text-ui font-normal text-ink-2 tabular-nums">{keys.data.length}</span>
          )}
        </h2>
        <Button size="small" onClick={() => setMaking(true)}>
          <Plus size={13} aria-hidden />
          New key
        </Button>
      </header>
      {keys.data ? (
        keys.data.length === 0 ? (
          <p className="px-4 py-10 text-center text-ui text-ink-2">No keys. Make one for your website.</p>
        ) : (
          <ApiKeysTable keys={keys.data} onDelete={setDeleting} />
        )
      ) : keys.isError ? (
        <ErrorPanel error={keys.error} onRetry={() => void keys.refetch()} />
      ) : (
        <ApiKeysSkeleton />
      )}
      {making && <NewKeyDialog onClose={() => setMaking(false)} />}
      {deleting && <DeleteKeyDialog apiKey={deleting} onClose={() => setDeleting(undefined)} />}
    </Card>
  )
}
