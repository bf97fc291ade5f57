import type { Flow } from '@mooring/react'
import { describe, expect, it } from 'vitest'
import { changeSentence, chosenSentence, failureOf, successSentence } from './outcome.ts'

const identity = { label: 'Mara Lindqvist', handle: null }

describe('what a finished flow says', () => {
  it.each([
    [{ outcome: 'connected', identity }, 'Harbour is connected. You are there as Mara Lindqvist.'],
    [{ outcome: 'reconnected', identity: null }, 'Harbour is connected.'],
    [{ outcome: 'updated', identity }, 'Already connected. We refreshed it.'],
  ] as const)('%#', (flow, said) => expect(successSentence(flow, 'Harbour')).toBe(said))

  it('names the network when the connection is new', () => {
    expect(chosenSentence({ outcome: 'connected' }, 'Harbour', 3)).toBe('Harbour is connected. 3 accounts added.')
    expect(chosenSentence({ outcome: 'updated' }, 'Harbour', 1)).toBe('1 account added.')
  })

  it.each([
    [['a'], ['a', 'b', 'c'], '2 accounts added.'],
    [['a', 'b'], ['a'], '1 account taken off.'],
    [['a', 'b'], ['b', 'c'], '1 account added, 1 taken off.'],
  ])('a change %#', (before, after, said) => expect(changeSentence(before, after)).toBe(said))
})

describe('what a failed flow says', () => {
  const flow = {
    error: { code: 'access_denied', message: 'You said no on Harbour.', operatorDetail: 'user_cancelled' },
  } as Flow

  it('takes the words of the server before those of the address', () => {
    expect(failureOf(flow, { error: 'evil', message: 'Call this number' })).toEqual({
      message: 'You said no on Harbour.',
      detail: 'access_denied\nuser_cancelled',
    })
  })
  it('takes the words of the address where there is no flow', () => {
    expect(failureOf(undefined, { error: 'flow_expired', message: 'That took over 10 minutes.' })).toEqual({
      message: 'That took over 10 minutes.',
      detail: 'flow_expired',
    })
  })
  it('has words of its own where there are none', () => {
    expect(failureOf(undefined, {}).message).toMatch(/start again/)
  })
})
