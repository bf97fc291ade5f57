import { describe, expect, it } from 'vitest'
import { count, initials, kindName, kindsSummary, sentenceList } from './words.ts'

describe('words', () => {
  it.each([
    [1, '1 account'],
    [0, '0 accounts'],
    [5318, '5,318 accounts'],
  ])('count %i', (number, said) => expect(count(number, 'account')).toBe(said))

  it('sums kinds up as people say them', () => {
    expect(kindsSummary(['person', 'organization', 'organization'])).toBe('1 person and 2 organizations')
    expect(kindsSummary(['person', 'person', 'page', 'property'])).toBe('2 people, 1 page and 1 property')
    expect(kindsSummary(['property', 'property'])).toBe('2 properties')
    expect(kindsSummary([])).toBe('')
  })

  it('names a kind', () => {
    expect(kindName('organization')).toBe('Organization')
    expect(kindName('ad_account')).toBe('Ad account')
  })

  it.each([
    ['Mara Lindqvist', 'ML'],
    ['Harbour & Pine', 'HP'],
    ['@northwind', 'N'],
    ['Ana de la Vega', 'AV'],
    ['𝔸lpha', '𝔸'],
    ['', ''],
  ])('initials of %j', (label, letters) => expect(initials(label)).toBe(letters))

  it('sentenceList', () => expect(sentenceList(['a', 'b', 'c'])).toBe('a, b and c'))
})
