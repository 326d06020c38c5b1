import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { packageRoot } from '../../../package-root.ts';
import { run } from '../../run.ts';
import { findImage, imageDirectory } from '../build-image.ts';
import { tiny } from './recipe.ts';

const script = fileURLToPath(
  new URL('src/compute/images/tiny/guest/root/usr/lib/tiny/yaml', packageRoot),
);
const image = await findImage(tiny, imageDirectory());
const busybox = image && join(image.kernel!.file, '../root/bin/busybox');
if (!busybox) console.warn('SKIPPED: the YAML of cloud-config. The image tiny is not built.');

type Tree = string | { [name: string]: Tree };

describe.skipIf(!busybox)('the YAML of cloud-config, read by the awk of the guest', () => {
  const directory = mkdtempSync(join(tmpdir(), 'alacarte-yaml-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  async function read(text: string): Promise<Tree> {
    const [file, into] = [join(directory, 'file'), join(directory, 'tree')];
    rmSync(into, { recursive: true, force: true });
    writeFileSync(file, text);
    await run(busybox!, ['awk', '-v', `into=${into}`, '-f', script, file]);
    return treeAt(into);
  }

  function treeAt(path: string): Tree {
    if (!statSync(path).isDirectory()) return readFileSync(path, 'utf8');
    return Object.fromEntries(readdirSync(path).map((name) => [name, treeAt(join(path, name))]));
  }

  test('is what a YAML library reads of it', async () => {
    await fc.assert(
      fc.asyncProperty(document, fc.constantFrom(...styles), async (value, write) => {
        const text = write(value);
        // Left out is what these styles write that nobody does: `? ` before a key, aliases, NUL.
        fc.pre(!/^\s*\? |&a\d|\\0/m.test(text));
        fc.pre(JSON.stringify(parse(text)) === JSON.stringify(value));
        expect(await read(text)).toEqual(treeOf(value));
      }),
      { numRuns: 40 },
    );
  });

  test('what it does not understand is refused by its line', async () => {
    await expect(read('a: 1\nb: *other\n')).rejects.toThrow('line 2: tags, anchors and aliases');
    await expect(read('a:\n\t- 1\n')).rejects.toThrow('line 2: a tab cannot indent');
    await expect(read('a: [1, 2\n')).rejects.toThrow('a bracket is not closed');
    await expect(read('a: 1\n  b: 2\n')).rejects.toThrow('line 2: a key cannot stand here');
    await expect(read('a: "x" y\n')).rejects.toThrow('line 1: this is too much');
    expect(await read('a: 1\nb: [1, 2]\nc: !!binary aGk=\n')).toEqual({
      a: '1',
      b: { '0000': '1', '0001': '2' },
      c: 'hi',
    });
  });
});

const letters = Array.from('ab z:#-?"\'\\\n\t[]{},&*!|>%@0~é😀.$ ');
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...letters), maxLength: 14 }),
  fc.constantFrom('0644', 'yes', '~', 'one\ntwo\n', ' x\n  y\n\nz\n\n', 'long '.repeat(30)),
);
const key = fc.oneof(
  fc.constantFrom('path', 'a b', 'x/y', '.z'),
  fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 6 }),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    ...[text, fc.integer(), fc.boolean(), fc.constant(null)],
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
}));
const document = fc.dictionary(key, value, { minKeys: 1, maxKeys: 5 });

const styles: ((value: unknown) => string)[] = [
  (each) => JSON.stringify(each),
  (each) => JSON.stringify(each, null, 2),
  (each) => stringify(each),
  (each) => stringify(each, { indentSeq: false, lineWidth: 20 }),
  (each) => stringify(each, { collectionStyle: 'flow', lineWidth: 40 }),
  (each) => stringify(each, { defaultStringType: 'QUOTE_SINGLE', lineWidth: 30 }),
  (each) => stringify(each, { defaultStringType: 'BLOCK_LITERAL' }),
  (each) => stringify(each, { defaultStringType: 'BLOCK_FOLDED', lineWidth: 30 }),
];

/** A value as the folders and files that the script makes of it. */
function treeOf(each: unknown): Tree {
  if (typeof each !== 'object' || each === null) return String(each);
  const entries = Array.isArray(each)
    ? each.map((item, at): [string, unknown] => [String(at).padStart(4, '0'), item])
    : Object.entries(each).map(([name, item]): [string, unknown] => [fileNameOf(name), item]);
  return Object.fromEntries(
    entries.filter(([, item]) => item !== null).map(([name, item]) => [name, treeOf(item)]),
  );
}

function fileNameOf(name: string): string {
  const escaped = name.replaceAll('%', '%25').replaceAll('/', '%2F').replaceAll('\n', '%0A');
  return escaped.startsWith('.') ? `%2E${escaped.slice(1)}` : escaped;
}
