import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

test('tags go, entities become characters, white space one blank', () => {
  const html =
    '<p>The <code>GetItem</code> operation\n   returns &lt;all&gt; &quot;items&quot;.</p> <p>See <a href="x">this</a>.</p>';
  expect(plainText(html, 1000)).toBe('The GetItem operation returns <all> "items". See this.');
});

test('list items are set off by dashes', () => {
  expect(plainText('<ul> <li> <p>One</p> </li> <li>Two</li> </ul>', 1000)).toBe('- One - Two');
});

test('a long text ends with its last sentence that fits, or with its first', () => {
  const html = '<p>First one (e.g. This). Second one. Third one.</p>';
  expect(plainText(html, 35)).toBe('First one (e.g. This). Second one.');
  expect(plainText(html, 30)).toBe('First one (e.g. This).');
  expect(plainText(html, 5)).toBe('First one (e.g. This).');
  expect(plainText(html, 1000)).toBe('First one (e.g. This). Second one. Third one.');
});

test('a text cut before a list does not announce it', () => {
  expect(plainText('<p>Either of these:</p><ul><li>One</li></ul>', 20)).toBe('Either of these.');
  expect(plainText('<p>Either of these:</p><ul><li>One</li></ul>', 200)).toBe(
    'Either of these: - One',
  );
});
