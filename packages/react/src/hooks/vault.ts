import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Rotated } from '../api.ts'
import type { Client } from '../client.ts'
import { useMooring } from '../provider.tsx'
import { keys } from '../query-keys.ts'

/** The keys of the vault and what rests on each. The error's code is `forbidden` or `not_found` for who may not see it. */
export function useVault() {
  const client = useMooring()
  // It counts every sealed value: asked when somebody looks, and not by the clock.
  return useQuery({ queryKey: keys.vault, queryFn: client.vault.get, staleTime: 60_000 })
}

export type Resealed = Pick<Rotated, 'rewrapped' | 'skipped' | 'failed'>

/** Asks for part after part until all is sealed with the newest key. Throws ApiProblem; what was done by then stays done. */
export async function rotateAll(rotate: Client['vault']['rotate'], told: (so: Resealed) => void): Promise<Resealed> {
  let so: Resealed = { rewrapped: 0, skipped: 0, failed: [] }
  let cursor: string | undefined
  for (;;) {
    const part = await rotate(cursor)
    so = {
      rewrapped: so.rewrapped + part.rewrapped,
      skipped: so.skipped + part.skipped,
      failed: [...so.failed, ...part.failed],
    }
    told(so)
    if (part.done || part.cursor === null) return so
    cursor = part.cursor
  }
}

/** `progress`: what is done so far, while it goes on. */
export function useRotate() {
  const client = useMooring()
  const queries = useQueryClient()
  const [progress, setProgress] = useState<Resealed | undefined>(undefined)
  const mutation = useMutation({
    mutationFn: () => rotateAll(client.vault.rotate, setProgress),
    onMutate: () => setProgress(undefined),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.vault }),
  })
  return { ...mutation, progress }
}
