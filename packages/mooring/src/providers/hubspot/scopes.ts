/** What each permission allows, in a person's words. Names: HubSpot's specification. */
import type { ScopeInfo } from '../../provider.ts'

export const scopeInfo: Record<string, ScopeInfo> = {
  oauth: { allows: 'Know which HubSpot account this is', without: 'We cannot tell which account this is.' },
  'crm.objects.contacts.read': { allows: 'Read your contacts', without: 'Contacts cannot be counted.' },
  'crm.objects.companies.read': { allows: 'Read your companies', without: 'Companies cannot be counted.' },
  'crm.objects.deals.read': { allows: 'Read your deals', without: 'Deals cannot be counted.' },
  'marketing.email.read': {
    allows: 'Read your marketing e-mails and their numbers',
    without: 'Numbers of e-mails are not shown.',
  },
  'marketing.campaigns.read': { allows: 'Read your campaigns', without: 'Campaigns are not shown.' },
  forms: { allows: 'Read and change your forms', without: 'Forms are not shown.' },
  content: { allows: 'Read and change your website', without: 'Pages of your website are not shown.' },
}
