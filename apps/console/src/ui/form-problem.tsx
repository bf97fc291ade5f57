import { countdown, isApiProblem, useSeconds } from '@mooring/react'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { Banner } from './banner.tsx'
import { messageOf } from './notify.tsx'

/** Why a form was refused, at its head; where it must wait, for how long still. */
export function FormProblem({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null
  const wait = isApiProblem(error) ? error.retryAfter : undefined
  return (
    <div role="alert">
      <Banner tone="bad" icon={TriangleAlert} message={messageOf(error)}>
        {wait !== undefined && <Wait key={String(error)} seconds={wait} />}
      </Banner>
    </div>
  )
}

function Wait({ seconds }: { seconds: number }) {
  const [until] = useState(() => Date.now() + seconds * 1000)
  const left = until - useSeconds(true)
  return <p>{left <= 0 ? 'Try again now.' : `Try again in ${countdown(left)}.`}</p>
}
