/** Scopes that the simulated apps may be configured with, with what the install page says. Names: HubSpot's specification. */
export const SCOPES: Record<string, string> = {
  oauth: 'Basic OAuth functionality',
  'crm.objects.contacts.read': 'View details about contacts',
  'crm.objects.companies.read': 'View details about companies',
  'crm.objects.deals.read': 'View details about deals',
  'marketing.email.read': 'View marketing e-mails and their statistics',
  'marketing.campaigns.read': 'View campaigns',
  forms: 'View and change forms',
  content: 'View and change your website’s content',
}

export const isScope = (name: string): boolean => Object.hasOwn(SCOPES, name)
