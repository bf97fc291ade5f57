/** Whose password a form is about, for password managers: they read a field that nobody sees. */
export function Username({ email }: { email: string | null }) {
  return <input type="text" name="username" autoComplete="username" value={email ?? ''} readOnly className="hidden" />
}
