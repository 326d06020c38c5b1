import type { Value } from './template.ts';

const functions = [
  'And',
  'Base64',
  'Cidr',
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'Equals',
  'FindInMap',
  'GetAZs',
  'GetAtt',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'RefAll',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
  'ValueOf',
  'ValueOfAll',
];

const longForms = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...functions.map((name) => [`!${name}`, `Fn::${name}`] as const),
]);

/**
 * A function's long form.
 * @param tag e.g. `!Join`
 * @returns undefined where there is no such function
 */
export function shortForm(tag: string, argument: Value): Value | undefined {
  const name = longForms.get(tag);
  return name === undefined ? undefined : { [name]: argument };
}
