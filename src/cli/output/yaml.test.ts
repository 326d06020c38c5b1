import { expect, test } from 'vitest';
import { formatYaml } from './yaml.ts';

test('writes YAML that YAML reads back, texts that look like something else quoted', () => {
  const value = {
    Account: '000000000000',
    Up: true,
    Tags: [{ Key: 'a: b', Value: '' }],
    None: null,
  };
  expect(formatYaml(value)).toBe(
    "Account: '000000000000'\nUp: true\nTags:\n- Key: 'a: b'\n  Value: ''\nNone: null\n",
  );
  expect(formatYaml({})).toBe('');
});
