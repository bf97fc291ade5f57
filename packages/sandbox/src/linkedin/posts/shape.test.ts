import { describe, expect, it } from 'vitest'
import { faultsOf, type Shape } from './shape.ts'

const SHAPE: Shape = {
  record: {
    name: 'String',
    on: 'Boolean',
    size: 'Long',
    free: 'any',
    names: { list: 'String' },
    one: { union: { a: { record: { x: 'String' }, required: ['x'] }, b: 'String' } },
  },
  required: ['name', 'names'],
}
const whole = { name: 'n', names: [] }

describe('a body that fits', () => {
  it.each([
    [whole],
    [{ ...whole, on: false, size: 0, free: [1], names: ['a'], one: { b: '' } }],
    [{ ...whole, free: { any: { thing: 1 } }, one: { a: { x: 'y' } } }],
  ])('%j', (body) => expect(faultsOf(body, SHAPE)).toEqual([]))
})

describe('a body that does not', () => {
  it.each([
    [{ ...whole, nam: 1 }, '/nam :: unrecognized field found but not allowed'],
    [{ ...whole, toString: 'x' }, '/toString :: unrecognized field found but not allowed'],
    [{ names: [] }, '/name :: field is required but not found and has no default value'],
    [{ ...whole, name: 7 }, '/name :: 7 cannot be coerced to String'],
    [{ ...whole, name: null }, '/name :: null cannot be coerced to String'],
    [{ ...whole, on: 'yes' }, '/on :: yes cannot be coerced to Boolean'],
    [{ ...whole, size: 1.5 }, '/size :: 1.5 cannot be coerced to Long'],
    [{ ...whole, free: 'x' }, '/free :: x cannot be coerced to DataMap'],
    [{ ...whole, names: 'a' }, '/names :: a cannot be coerced to DataList'],
    [{ ...whole, names: ['a', {}] }, '/names/1 :: {} cannot be coerced to String'],
    [{ ...whole, one: {} }, '/one :: DataMap should have exactly one entry for a union type'],
    [{ ...whole, one: { a: {}, b: '' } }, '/one :: DataMap should have exactly one entry for a union type'],
    [{ ...whole, one: { c: 1 } }, '/one/c :: unrecognized field found but not allowed'],
    [{ ...whole, one: { a: { x: 'y', z: 1 } } }, '/one/a/z :: unrecognized field found but not allowed'],
    [{ ...whole, one: [] }, '/one :: [] cannot be coerced to DataMap'],
  ])('%j', (body, fault) => expect(faultsOf(body, SHAPE)).toEqual([fault]))

  it('says all that is wrong', () => {
    expect(faultsOf({ x: 1, on: 1 }, SHAPE)).toEqual([
      '/x :: unrecognized field found but not allowed',
      '/on :: 1 cannot be coerced to Boolean',
      '/name :: field is required but not found and has no default value',
      '/names :: field is required but not found and has no default value',
    ])
  })
})
