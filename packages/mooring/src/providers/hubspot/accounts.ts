/** Which portal authorized, and the one account that it is. Source: specification, account-info. */
import { type ApiContext, type DiscoveredAccount, type Identity, need, text } from '../../provider.ts'
import { VERSION } from './versions.ts'

export async function identity({ call, settings, known }: ApiContext): Promise<Identity> {
  const url = `https://api.hubapi.com/account-info/${settings.API_VERSION ?? VERSION}/details`
  const { body } = await call({ url })
  const subject = need(text(body, 'portalId'), 'HubSpot', 'portalId')
  return {
    subject,
    label: text(body, 'portalName') ?? known?.label ?? `HubSpot account ${subject}`,
    handle: subject,
    email: known?.email,
  }
}

/** Digits: the portal's number. */
export const subjectFrom = (id: string): string | undefined => (/^\d{1,15}$/.test(id) ? id : undefined)

export async function accounts(_context: ApiContext, { subject, label }: Identity): Promise<DiscoveredAccount[]> {
  return [{ kind: 'portal', subject, label, handle: subject, note: 'HubSpot account' }]
}
