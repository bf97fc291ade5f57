import { useQuery } from '@tanstack/react-query'
import { useMooring } from '../provider.tsx'
import { keys } from '../query-keys.ts'

const LOOK_AGAIN = 60_000

/** What will need somebody within so many days (1 to 366), soonest first. */
export function useForecast(days: number) {
  const client = useMooring()
  return useQuery({
    queryKey: keys.forecast(days),
    queryFn: () => client.forecast(days),
    refetchInterval: LOOK_AGAIN,
  })
}

/** What the operator must mend, oldest first; an empty list where all is well. */
export function useAlerts() {
  const client = useMooring()
  return useQuery({ queryKey: keys.alerts, queryFn: client.alerts, refetchInterval: LOOK_AGAIN })
}
