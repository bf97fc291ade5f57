import { useAlerts } from '@mooring/react'

/** Whether the platform refuses this registration now: no consent of a person would come through. */
export function useRefused(): (registration: string) => boolean {
  const alerts = useAlerts()
  return (registration) => alerts.data?.some((one) => one.registration === registration) ?? false
}
