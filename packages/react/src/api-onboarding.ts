/** The shapes of a workspace's first steps. */

export interface OnboardingStepInfo {
  id: string
  kind: 'business' | 'connect' | 'webhook' | 'host'
  title: string
  text: string
  /** Of a host's own step: where it is done. */
  href: string | null
  /** Of `connect`: one of these is enough. */
  providers: string[]
  state: 'open' | 'done' | 'skipped'
}

export interface Onboarding {
  steps: OnboardingStepInfo[]
  /** The first open step; null: there is none. */
  current: string | null
  /** Somebody was greeted with it. */
  seen: boolean
}
