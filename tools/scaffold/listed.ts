import assert from 'node:assert';

/** What is imported by a table of contents and named in its list. */
export interface Listing {
  readonly name: string;
  /** e.g. `./operations/describe-vpcs.ts` */
  readonly path: string;
  /** The list, its entries captured. */
  readonly list: RegExp;
}

/** A table of contents with one more entry, imported and listed in order. */
export function listed(source: string, { name, path, list }: Listing): string {
  const found = list.exec(source);
  assert(found, `no list ${list} to put ${name} into`);
  const names = found[1]!.split(',').map((entry) => entry.trim());
  const sorted = [...names.filter(Boolean), name].toSorted();
  const entries = `[\n${sorted.map((entry) => `    ${entry},\n`).join('')}  ]`;
  const withEntry = source.replace(found[0], found[0].replace(/\[[^[]*\]$/, entries));
  return withImport(withEntry, `import { ${name} } from '${path}';`, path);
}

/** The import before the first of the folder's own whose path is greater, else after all of them. */
function withImport(source: string, line: string, path: string): string {
  const imports = [...source.matchAll(/^import .* from '(.*)';$/gm)];
  const next = imports.find(([, from]) => from!.startsWith('./') && from! > path)?.[0];
  if (next) return source.replace(next, `${line}\n${next}`);
  const last = imports.at(-1)?.[0];
  return last ? source.replace(last, `${last}\n${line}`) : `${line}\n${source}`;
}
