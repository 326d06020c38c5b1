import { describe, expect, test } from 'vitest';
import { Failure } from '../failure.ts';
import { parseShorthand } from './shorthand.ts';

const parse = (text: string): unknown => parseShorthand(text, (reference) => `<${reference}>`);

describe('shorthand', () => {
  test.for<[string, unknown]>([
    ['a=b', { a: 'b' }],
    ['a=', { a: '' }],
    ['a=b,c=d', { a: 'b', c: 'd' }],
    ['a=b,c,d', { a: ['b', 'c', 'd'] }],
    ['a=b,c,d=e,f', { a: ['b', 'c'], d: ['e', 'f'] }],
    ['a=b=c', { a: 'b=c' }],
    ['a = b , c = d', { a: 'b', c: 'd' }],
    ['a=b c', { a: 'b c' }],
    [String.raw`a=b\,c`, { a: 'b,c' }],
    [String.raw`a="b,\"c"`, { a: 'b,"c' }],
    [String.raw`a='it\'s'`, { a: "it's" }],
    ['a="b",\'c\'', { a: ['b', 'c'] }],
    ['a=[]', { a: [] }],
    ['a=[b]', { a: ['b'] }],
    ['a=[b,{c=d,e=[f,g]}]', { a: ['b', { c: 'd', e: ['f', 'g'] }] }],
    ['a={b=c,d={e=f}}', { a: { b: 'c', d: { e: 'f' } } }],
    ['a={}', { a: {} }],
    ['tag:Name=x', { 'tag:Name': 'x' }],
    ['a@=file://b,c=file://d', { a: '<file://b>', c: 'file://d' }],
    ['a=ünï 東京', { a: 'ünï 東京' }],
  ])('%s', ([text, expected]) => {
    expect(parse(text)).toEqual(expected);
  });

  test.for<[string, string]>([
    ['a', "Expected: '=', received: 'EOF' for input:\na\n ^"],
    ['a=b,c=d,,', "Expected: '=', received: ',' for input:\na=b,c=d,,\n        ^"],
    ['a=[b', "Expected: ',', received: 'EOF' for input:\na=[b\n    ^"],
    ['a={b=c', "Expected: ',', received: 'EOF' for input:\na={b=c\n      ^"],
    ['a=b,a=c', 'Second instance of key "a" encountered for input:\na=b,a=c\n    ^'],
  ])('refuses %s', ([text, message]) => {
    expect(() => parse(text)).toThrow(Failure);
    expect(() => parse(text)).toThrow(message);
  });
});
