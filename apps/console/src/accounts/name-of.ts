import type { Provider, Registration } from '@mooring/react'

/** A provider's name; its id where the server no longer knows it. */
export const nameOf = (providers: readonly Provider[], id: string): string =>
  providers.find((one) => one.id === id)?.name ?? id

export const registrationOf = (provider: Provider | undefined, id: string): Registration | undefined =>
  provider?.registrations.find((one) => one.id === id)
