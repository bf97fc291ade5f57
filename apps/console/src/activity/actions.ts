import {
  Building2,
  CircleCheck,
  KeyRound,
  ListChecks,
  LogIn,
  type LucideIcon,
  Plug,
  RefreshCw,
  ScrollText,
  ShieldCheck,
  Unplug,
  Users,
} from 'lucide-react'

export interface ActionLook {
  /** In the filter. */
  label: string
  /** After the actor's name. */
  says: string
  icon: LucideIcon
}

/** As the API names them; one that is new here is told by its own name. */
export const ACTIONS: Readonly<Record<string, ActionLook>> = {
  'session.link': { label: 'Signed in by link', says: 'signed in by link', icon: LogIn },
  'session.password': { label: 'Signed in by password', says: 'signed in by password', icon: LogIn },
  'session.second-step': { label: 'Second step', says: 'took the second step', icon: LogIn },
  'session.passkey': { label: 'Signed in by passkey', says: 'signed in by passkey', icon: LogIn },
  'session.oidc': { label: 'Signed in elsewhere', says: 'came back from another sign-in', icon: LogIn },
  'session.out': { label: 'Signed out', says: 'signed out', icon: LogIn },
  'session.ended': { label: 'Session ended', says: 'signed another browser out', icon: LogIn },
  'session.others-ended': { label: 'Other sessions ended', says: 'signed out everywhere else', icon: LogIn },
  'password.set': { label: 'Password set', says: 'set a password', icon: ShieldCheck },
  'password.reset-asked': { label: 'New password asked for', says: 'asked for a new password', icon: ShieldCheck },
  'password.reset': { label: 'Password reset', says: 'chose a new password by letter', icon: ShieldCheck },
  'address.letter-asked': { label: 'Letter asked for', says: 'asked for a letter to an address', icon: ShieldCheck },
  'address.confirmed': { label: 'E-mail confirmed', says: 'confirmed an e-mail address', icon: ShieldCheck },
  'other-sign-in.linked': { label: 'Other sign-in linked', says: 'linked another sign-in', icon: ShieldCheck },
  'other-sign-in.unlinked': { label: 'Other sign-in unlinked', says: 'unlinked another sign-in', icon: ShieldCheck },
  'authenticator.on': { label: 'Authenticator app on', says: 'turned the authenticator app on', icon: ShieldCheck },
  'authenticator.off': { label: 'Authenticator app off', says: 'turned the authenticator app off', icon: ShieldCheck },
  'passkey.added': { label: 'Passkey added', says: 'added a passkey', icon: ShieldCheck },
  'passkey.removed': { label: 'Passkey removed', says: 'removed a passkey', icon: ShieldCheck },
  'person.changed': { label: 'Name or e-mail changed', says: 'changed their name or e-mail', icon: ShieldCheck },
  'flow.started': { label: 'Connecting started', says: 'began to connect an account', icon: Plug },
  'flow.finished': { label: 'Came back from a platform', says: 'came back from a platform', icon: Plug },
  'flow.consented': { label: 'Consented, for the host to complete', says: 'consented at a platform', icon: Plug },
  'flow.given-up': { label: 'Connecting given up', says: 'gave up connecting', icon: Plug },
  'flow.completed': { label: 'Connecting completed', says: 'completed a connection', icon: CircleCheck },
  'connect-session.made': { label: 'Connect session made', says: 'made a connect session', icon: Plug },
  'accounts.chosen': { label: 'Accounts chosen', says: 'chose accounts', icon: ListChecks },
  'accounts.set': { label: 'Accounts changed', says: 'changed the accounts of a connection', icon: ListChecks },
  'connection.tested': { label: 'Connection tested', says: 'tested a connection', icon: RefreshCw },
  'connection.refreshed': {
    label: 'Connection renewed by hand',
    says: 'renewed a connection by hand',
    icon: RefreshCw,
  },
  'connection.disconnected': { label: 'Disconnected', says: 'disconnected', icon: Unplug },
  'connections.imported': { label: 'Connections imported', says: 'imported connections', icon: Plug },
  'token.read': { label: 'Token read', says: 'read a token', icon: KeyRound },
  'platform.called': { label: 'Platform called', says: 'called a platform', icon: KeyRound },
  'api-key.made': { label: 'API key made', says: 'made an API key', icon: KeyRound },
  'api-key.renamed': { label: 'API key renamed', says: 'renamed an API key', icon: KeyRound },
  'api-key.revoked': { label: 'API key revoked', says: 'revoked an API key', icon: KeyRound },
  'vault.rotated': { label: 'Keys rotated', says: 'sealed everything anew', icon: KeyRound },
  'member.invited': { label: 'Invited', says: 'invited somebody', icon: Users },
  'invitation.withdrawn': { label: 'Invitation withdrawn', says: 'withdrew an invitation', icon: Users },
  'member.joined': { label: 'Joined', says: 'joined', icon: Users },
  'member.role': { label: 'Role changed', says: 'gave a member another role', icon: Users },
  'member.removed': { label: 'Member out', says: 'put a member out, or left', icon: Users },
  'workspace.made': { label: 'Workspace made', says: 'made a workspace', icon: Building2 },
  'workspace.changed': { label: 'Workspace changed', says: 'changed the workspace', icon: Building2 },
  'workspace.renamed': { label: 'Workspace renamed', says: 'renamed the workspace', icon: Building2 },
  'workspace.exported': { label: 'Workspace exported', says: 'exported the workspace', icon: Building2 },
  'workspace.erased': { label: 'Workspace erased', says: 'erased a workspace', icon: Building2 },
  'audit.exported': { label: 'Activity exported', says: 'exported the activity', icon: ScrollText },
}
