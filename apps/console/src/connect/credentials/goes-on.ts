/** The console's own pages, which are nothing for somebody without an account. */
const OURS = /^\/($|\?|connect\/|accounts|settings|onboarding|timeline|activity)/

/** Whether a flow's `returnTo` leads anywhere for this person. Pure. */
export const goesOn = (returnTo: string, signedIn: boolean): boolean => signedIn || !OURS.test(returnTo)
