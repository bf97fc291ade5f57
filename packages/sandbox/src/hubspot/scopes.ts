/** Scopes that the simulated apps may be configured with, with what the install page says. Names: HubSpot's specification. There is none for the pipelines of deals. */
export const SCOPES: Record<string, string> = {
  oauth: 'Basic OAuth functionality',
  'crm.objects.contacts.read': 'View details about contacts',
  'crm.objects.contacts.write': 'Change contacts',
  'crm.objects.companies.read': 'View details about companies',
  'crm.objects.deals.read': 'View details about deals',
  'crm.objects.owners.read': 'View who owns records',
  'crm.lists.read': 'View lists',
  'crm.schemas.contacts.read': 'View properties of contacts',
  'marketing.email.read': 'View marketing e-mails and their statistics',
  'marketing.email.write': 'View and change marketing e-mails',
  'marketing.campaigns.read': 'View campaigns',
  forms: 'View and change forms',
  content: 'View and change your website’s content',
  social: 'View and change social media posts',
}

export const isScope = (name: string): boolean => Object.hasOwn(SCOPES, name)
