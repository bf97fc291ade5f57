import { describe, expect, it } from 'vitest'
import { partsOf, stepsOf } from './setup.ts'

const redirectUri = 'http://localhost:8003/callback/harbour'
const env = [
  { name: 'HARBOUR_CLIENT_ID', required: true, set: false },
  { name: 'HARBOUR_CLIENT_SECRET', required: true, set: false },
  { name: 'HARBOUR_SCOPES', required: false, set: false },
]

describe('the steps of a set-up', () => {
  it('take the address out of the sentence', () => {
    const steps = stepsOf({
      redirectUri,
      env,
      setup: [
        'Make an app.',
        `Under Auth, add this redirect URL: ${redirectUri}`,
        'Set HARBOUR_CLIENT_ID and HARBOUR_CLIENT_SECRET.',
      ],
    })
    expect(steps).toEqual([
      { text: 'Make an app.', address: false },
      { text: 'Under Auth, add this redirect URL:', address: true },
      { text: 'Set HARBOUR_CLIENT_ID and HARBOUR_CLIENT_SECRET.', address: false },
    ])
  })
  it('are completed where the provider left the address or the variables out', () => {
    expect(stepsOf({ redirectUri, env, setup: ['Make an app.'] })).toEqual([
      { text: 'Make an app.', address: false },
      { text: 'Register this address there:', address: true },
      { text: 'Set HARBOUR_CLIENT_ID and HARBOUR_CLIENT_SECRET, then restart.', address: false },
    ])
  })
})

describe('the parts of a sentence', () => {
  it('set the names of variables apart', () => {
    expect(partsOf('Set HARBOUR_CLIENT_ID, then restart.', env)).toEqual([
      { text: 'Set ', name: false },
      { text: 'HARBOUR_CLIENT_ID', name: true },
      { text: ', then restart.', name: false },
    ])
  })
  it('leave a sentence without one alone', () => {
    expect(partsOf('Make an app.', env)).toEqual([{ text: 'Make an app.', name: false }])
    expect(partsOf('Make an app.', [])).toEqual([{ text: 'Make an app.', name: false }])
  })
})
