import { describe, expect, it } from 'vitest'
import { codeOf, phoneOf } from './typed.ts'

describe('a code', () => {
  it.each([
    ['123456', { value: '123456' }],
    [' 123 456 ', { value: '123456' }],
    ['123-456', { value: '123456' }],
    ['12345678', { value: '12345678' }],
    ['12345', { fault: 'Six digits, one is missing.' }],
    ['1234', { fault: 'Six digits, two are missing.' }],
    [' ', { fault: 'Type the code first.' }],
  ])('%j', (text, typed) => expect(codeOf(text)).toEqual(typed))
})

describe('a phone number', () => {
  it.each([
    ['+33', '06 12 34 56 78', { value: { dialCode: '+33', number: '0612345678' } }],
    ['33', '(06) 12-34.5678', { value: { dialCode: '+33', number: '0612345678' } }],
    ['0033', '612345678', { value: { dialCode: '+33', number: '612345678' } }],
    ['+1', '5551234567', { value: { dialCode: '+1', number: '5551234567' } }],
  ])('%s %s', (dialCode, number, typed) => expect(phoneOf(dialCode, number)).toEqual(typed))

  it.each([
    ['', '0612345678', 'dialCode'],
    ['+', '0612345678', 'dialCode'],
    ['+33612', '345678', 'dialCode'],
    ['+33', '', 'number'],
    ['+33', 'mobile', 'number'],
    ['+33', '+33612345678', 'number'],
  ])('%s %s: the fault is in %s', (dialCode, number, field) =>
    expect(phoneOf(dialCode, number)).toMatchObject({ field }),
  )
})
