import { readFileSync, writeFileSync } from 'node:fs';

/**
 * What the stock AWS CLI (1.45.11, botocore 1.43.11) did is kept in `golden/`, so that comparing
 * with it takes neither Python nor the minute it needs. `RECORD_STOCK_CLI=1` records it
 * anew; the formatter then has its way with the files.
 */
export const recordsAnew = process.env['RECORD_STOCK_CLI'] === '1';

const directory = new URL('golden/', import.meta.url);

export function readGolden<T>(file: string): Readonly<Record<string, T>> {
  return JSON.parse(readFileSync(new URL(file, directory), 'utf8')) as Record<string, T>;
}

export function writeGolden(file: string, entries: Readonly<Record<string, unknown>>): void {
  writeFileSync(new URL(file, directory), `${JSON.stringify(entries, null, 2)}\n`);
}
