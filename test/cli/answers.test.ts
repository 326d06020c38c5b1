import { beforeAll, describe, expect, test } from 'vitest';
import { exchanges, type Exchange } from './canned-answers.ts';
import { readGolden, recordsAnew, writeGolden } from './golden.ts';
import { runOurCli } from './our-cli.ts';
import { RecordingServer } from './recording-server.ts';
import { runStockCli } from './stock-cli.ts';

const file = 'answers.json';
const cases = exchanges.map(
  (exchange, i) => [`${i}: ${exchange.line.join(' ')}`, exchange] as const,
);

/** What the stock AWS CLI printed for each. */
let expected: Readonly<Record<string, string>>;

beforeAll(async () => {
  if (recordsAnew) {
    await using server = new RecordingServer();
    server.scripts = exchanges.map(({ answers }) => answers);
    const outcomes = await runStockCli(linesOf(exchanges), await server.listen());
    writeGolden(file, Object.fromEntries(cases.map(([name], i) => [name, outcomes[i]!.out])));
  }
  expected = readGolden(file);
}, 300_000);

describe('prints what the stock AWS CLI prints', () => {
  test.for(cases)('%s', async ([name, exchange]) => {
    await using server = new RecordingServer();
    server.scripts = [exchange.answers];
    const endpoint = await server.listen();
    server.lines.push([]);
    const { code, out, error } = await runOurCli(exchange.line, endpoint);
    expect(error).toBe('');
    expect(code).toBe(0);
    expect(out).toBe(expected[name]);
  });
});

function linesOf(all: readonly Exchange[]): readonly (readonly string[])[] {
  return all.map(({ line }) => line);
}
