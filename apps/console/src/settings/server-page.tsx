import { FlaskConical } from 'lucide-react'
import type { ReactNode } from 'react'
import { AlertList } from '../alerts/alert-list.tsx'
import { useSignedIn } from '../app/gate.tsx'
import { useTitle } from '../app/use-title.ts'
import { Banner } from '../ui/banner.tsx'
import { Card } from '../ui/card.tsx'

/** What this server is. Nothing here can be changed in the browser: it is the operator's. */
export function ServerPage() {
  useTitle('This server')
  const { instance } = useSignedIn()
  return (
    <>
      <AlertList />
      <Card className="p-4" aria-labelledby="server">
        <h2 id="server" className="text-section">
          This server
        </h2>
        <dl className="mt-2">
          <Fact label="Version">{instance.version}</Fact>
          <Fact label="Address">{instance.baseUrl}</Fact>
          <Fact label="Data folder">
            {instance.dataDir ?? <span className="font-sans text-ui">In your own database</span>}
          </Fact>
        </dl>
        {instance.simulated && (
          <div className="mt-3">
            <Banner
              tone="idle"
              icon={FlaskConical}
              message="Platforms are simulated. The sandbox on this machine plays them, and no real account is touched."
            />
          </div>
        )}
      </Card>
    </>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-h-10 items-center gap-4 border-b border-line py-2 last:border-0">
      <dt className="w-28 flex-none text-ui text-ink-2">{label}</dt>
      <dd className="min-w-0 flex-1 font-mono text-mono text-ink wrap-anywhere">{children}</dd>
    </div>
  )
}
