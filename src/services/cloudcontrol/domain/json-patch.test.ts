import { expect, test } from 'vitest';
import { applyPatch, PatchError } from './json-patch.ts';

const menu = { dish: 'omelette', eggs: [1, 2, 3], 'a/b~c': { salt: true } };

test.each([
  [[{ op: 'add', path: '/price', value: 5 }], { ...menu, price: 5 }],
  [[{ op: 'add', path: '/eggs/1', value: 9 }], { ...menu, eggs: [1, 9, 2, 3] }],
  [[{ op: 'add', path: '/eggs/-', value: 4 }], { ...menu, eggs: [1, 2, 3, 4] }],
  [[{ op: 'remove', path: '/eggs/0' }], { ...menu, eggs: [2, 3] }],
  [[{ op: 'replace', path: '/dish', value: null }], { ...menu, dish: null }],
  [[{ op: 'replace', path: '/a~1b~0c/salt', value: 1 }], { ...menu, 'a/b~c': { salt: 1 } }],
  [[{ op: 'move', from: '/eggs/2', path: '/eggs/0' }], { ...menu, eggs: [3, 1, 2] }],
  [[{ op: 'copy', from: '/dish', path: '/main' }], { ...menu, main: 'omelette' }],
  [[{ op: 'test', path: '/eggs', value: [1, 2, 3] }], menu],
  [[{ op: 'replace', path: '', value: { new: 1 } }], { new: 1 }],
  [[], menu],
])('%j gives %j', (patch, result) => {
  const before = structuredClone(menu);
  expect(applyPatch(menu, patch)).toEqual(result);
  expect(menu).toEqual(before);
});

test.each([
  [{ op: 'add', path: '/dish', value: 1 }, /array/],
  [[{ op: 'bake', path: '/dish' }], /"bake" is no operation/],
  [[{ op: 'add', path: 'dish', value: 1 }], /JSON pointer/],
  [[{ op: 'add', path: '/dish' }], /lacks a value/],
  [[{ op: 'remove', path: '/cheese' }], /no \/cheese/],
  [[{ op: 'replace', path: '/cheese', value: 1 }], /no \/cheese/],
  [[{ op: 'add', path: '/eggs/4', value: 1 }], /no \/eggs\/4/],
  [[{ op: 'add', path: '/eggs/01', value: 1 }], /no \/eggs\/01/],
  [[{ op: 'add', path: '/dish/x', value: 1 }], /no \/dish\/x/],
  [[{ op: 'move', from: '/a~1b~0c', path: '/a~1b~0c/salt' }], /into itself/],
  [[{ op: 'test', path: '/dish', value: 'soup' }], /test of \/dish failed/],
  [[null], /JSON pointer/],
])('%j is refused', (patch, reason) => {
  expect(() => applyPatch(menu, patch)).toThrow(PatchError);
  expect(() => applyPatch(menu, patch)).toThrow(reason);
});

test('a member called __proto__ is a member', () => {
  const patched = applyPatch({}, [{ op: 'add', path: '/__proto__', value: { polluted: 1 } }]);
  expect(Object.hasOwn(patched as object, '__proto__')).toBe(true);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
