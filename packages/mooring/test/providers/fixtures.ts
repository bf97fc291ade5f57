/** One record a provider. A new one is added here and nowhere else in the suite. */
import type { Fixture } from './fixture.ts'

const DAY = 86_400
const rpc = (code: number, status: string, reason?: string) => ({
  error: {
    code,
    status,
    message: 'No.',
    ...(reason && { details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason }] }),
  },
})
const graph = (code: number, error_subcode?: number) => ({
  error: { message: 'No.', type: 'OAuthException', code, ...(error_subcode && { error_subcode }), fbtrace_id: 'A' },
})

export const fixtures: Readonly<Record<string, Fixture>> = {
  linkedin: {
    endpoints: { token: 'token', identity: 'userinfo', accounts: 'organizationAcls' },
    subject: '',
    subjectField: 'sub',
    other: 'tomas',
    accounts: { selectable: 3, kinds: ['person', 'organization'] },
    paging: { member: 'priya', accounts: 0 },
    partial: {
      steer: {
        fault: { endpoint: 'linkedin.token', kind: 'set', fields: { scope: 'openid,profile,email' } },
      },
      missing: ['w_member_social', 'rw_organization_admin', 'r_organization_social', 'w_organization_social'],
    },
    renewalDueAfter: 54 * DAY,
    revoke: { linkedin: { revokeGrant: { registration: 'linkedin', member: 'mara' } } },
    refuseSecret: { linkedin: { app: { registration: 'linkedin', secretRefused: true } } },
    limit: { fault: { endpoint: 'linkedin.userinfo', kind: 'throttle' } },
    revoked: 'yes',
    errors: [
      {
        name: 'a token that was revoked',
        status: 401,
        body: { serviceErrorCode: 65601, code: 'REVOKED_ACCESS_TOKEN', message: 'No.', status: 401 },
        state: 'reauthorize',
      },
      {
        name: 'a permission that is missing',
        status: 403,
        body: { serviceErrorCode: 100, code: 'ACCESS_DENIED', message: 'No.', status: 403 },
        state: 'connected',
      },
    ],
  },
  x: {
    endpoints: { token: 'token', identity: 'me' },
    subject: '1790000000000000101',
    subjectField: 'data',
    other: 'tomas',
    accounts: { selectable: 1, kinds: ['person'] },
    paging: { because: 'X has one account for each person.' },
    partial: {
      steer: { fault: { endpoint: 'x.token', kind: 'set', fields: { scope: 'tweet.read users.read offline.access' } } },
      missing: ['tweet.write', 'media.write'],
    },
    renewalDueAfter: 7000,
    revoke: { x: { revokeGrant: { member: 'mara' } } },
    refuseSecret: { x: { app: { registration: 'x', secretRefused: true } } },
    limit: { fault: { endpoint: 'x.me', kind: 'throttle' } },
    revoked: 'yes',
    errors: [
      {
        name: 'a permission that is missing',
        status: 403,
        body: { title: 'Forbidden', type: 'about:blank', status: 403, detail: 'Forbidden' },
        state: 'connected',
      },
      {
        name: 'no credits',
        status: 402,
        body: { title: 'Payment Required', type: 'https://api.x.com/2/problems/credits-depleted', status: 402 },
        state: 'connected',
        code: 'credits-depleted',
      },
    ],
  },
  meta: {
    endpoints: { token: 'token', identity: 'me', accounts: 'accounts' },
    subject: '',
    subjectField: 'id',
    other: 'tomas',
    accounts: { selectable: 3, kinds: ['page', 'instagram'] },
    paging: { member: 'priya', accounts: 500 },
    partial: { untick: ['scope:pages_manage_posts'], missing: ['pages_manage_posts'] },
    renewalDueAfter: 54 * DAY,
    revoke: { meta: { endGrant: { why: 'removed' } } },
    refuseSecret: { meta: { app: { registration: 'meta', secretRefused: true } } },
    limit: { meta: { settings: { limited: 'app' } } },
    revoked: 'yes',
    errors: [
      { name: 'a changed password', status: 400, body: graph(190, 460), state: 'reauthorize', code: '190/460' },
      { name: 'a permission that is missing', status: 403, body: graph(200), state: 'connected', code: '200' },
      { name: 'a fault that passes', status: 400, body: graph(2), state: 'connected', code: '2' },
    ],
  },
  instagram: {
    endpoints: { token: 'token', renew: 'refresh', identity: 'me' },
    subject: '25400000000000101',
    subjectField: 'id',
    other: 'tomas',
    accounts: { selectable: 1, kinds: ['instagram'] },
    paging: { because: 'Instagram Login has one account for each authorization.' },
    partial: {
      steer: {
        fault: { endpoint: 'instagram.token', kind: 'set', fields: { permissions: 'instagram_business_basic' } },
      },
      missing: ['instagram_business_content_publish', 'instagram_business_manage_insights'],
    },
    renewalDueAfter: 54 * DAY,
    revoke: { instagram: { revokeGrant: {} } },
    refuseSecret: { instagram: { app: { registration: 'instagram', secretRefused: true } } },
    limit: { instagram: { settings: { limited: true } } },
    revoked: 'yes',
    errors: [
      { name: 'a token that is over', status: 400, body: graph(190, 463), state: 'reauthorize', code: '190/463' },
      { name: 'a permission that is missing', status: 400, body: graph(10), state: 'connected', code: '10' },
    ],
  },
  'google-analytics': {
    endpoints: { token: 'token', identity: 'userinfo', accounts: 'accountSummaries' },
    subject: '108237465091826350101',
    subjectField: 'sub',
    other: 'tomas',
    accounts: { selectable: 3, kinds: ['property'] },
    paging: { member: 'priya', accounts: 325 },
    partial: {
      untick: ['scope:https://www.googleapis.com/auth/analytics.readonly'],
      missing: ['https://www.googleapis.com/auth/analytics.readonly'],
    },
    renewalDueAfter: 3400,
    revoke: { 'google-analytics': { revokeGrant: {} } },
    refuseSecret: { 'google-analytics': { app: { registration: 'google-analytics', secretRefused: true } } },
    limit: { fault: { endpoint: 'google-analytics.userinfo', kind: 'throttle' } },
    revoked: 'yes',
    errors: [
      {
        name: 'a role that is missing',
        status: 403,
        body: rpc(403, 'PERMISSION_DENIED'),
        state: 'connected',
        code: 'PERMISSION_DENIED',
      },
      {
        name: 'a scope that is missing',
        status: 403,
        body: rpc(403, 'PERMISSION_DENIED', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT'),
        state: 'connected',
        code: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
      },
    ],
  },
  hubspot: {
    endpoints: { token: 'token', identity: 'account-info' },
    subject: '8800101',
    subjectField: 'portalId',
    other: 'priya',
    accounts: { selectable: 1, kinds: ['portal'] },
    paging: { because: 'HubSpot has one account for each authorization: the portal.' },
    partial: {
      steer: { fault: { endpoint: 'hubspot.token', kind: 'set', fields: { scopes: ['oauth'] } } },
      missing: ['crm.objects.contacts.read'],
    },
    renewalDueAfter: 1600,
    revoke: { hubspot: { uninstall: {} } },
    refuseSecret: { hubspot: { app: { registration: 'hubspot', secretRefused: true } } },
    limit: { hubspot: { settings: { limited: 'TEN_SECONDLY_ROLLING' } } },
    revoked: 'yes',
    errors: [
      {
        name: 'a permission that is missing',
        status: 403,
        body: { status: 'error', category: 'MISSING_SCOPES', message: 'No.', correlationId: 'a' },
        state: 'connected',
        code: 'MISSING_SCOPES',
      },
      {
        name: 'an account that is being moved',
        status: 477,
        body: { status: 'error', category: 'MIGRATION', message: 'No.' },
        state: 'connected',
      },
    ],
  },
  threads: {
    endpoints: { token: 'token', renew: 'refresh', identity: 'me' },
    subject: '24600000000000101',
    subjectField: 'id',
    other: 'tomas',
    accounts: { selectable: 1, kinds: ['profile'] },
    paging: { because: 'Threads has one account for each authorization.' },
    partial: { because: 'Threads does not say what was granted: what was asked for counts (RFC 6749, section 5.1).' },
    renewalDueAfter: 54 * DAY,
    revoke: { threads: { revokeGrant: {} } },
    refuseSecret: { threads: { app: { registration: 'threads', secretRefused: true } } },
    limit: { threads: { settings: { limited: true } } },
    revoked: 'unsupported',
    errors: [
      { name: 'a token that is over', status: 400, body: graph(190, 463), state: 'reauthorize', code: '190/463' },
      { name: 'a permission that is missing', status: 400, body: graph(10), state: 'connected', code: '10' },
    ],
  },
}
