import { beforeAll, describe, expect, test } from 'vitest';
import { lines } from './command-lines.ts';
import { readGolden, recordsAnew, writeGolden } from './golden.ts';
import { runOurCli } from './our-cli.ts';
import { RecordingServer, type Recorded } from './recording-server.ts';
import { runStockCli } from './stock-cli.ts';

const file = 'requests.json';

/** What the stock AWS CLI sent for each line. */
let expected: Readonly<Record<string, readonly Recorded[]>>;

beforeAll(async () => {
  if (recordsAnew) {
    await using server = new RecordingServer();
    await runStockCli(lines, await server.listen());
    writeGolden(file, Object.fromEntries(lines.map((line, i) => [nameOf(line), server.lines[i]])));
  }
  expected = readGolden(file);
}, 300_000);

describe('sends what the stock AWS CLI sends', () => {
  test.for(lines.map((line) => [nameOf(line), line] as const))('%s', async ([name, line]) => {
    await using server = new RecordingServer();
    const endpoint = await server.listen();
    server.lines.push([]);
    const { error } = await runOurCli(line, endpoint);
    expect(error).toBe('');
    expect(expected[name]).toHaveLength(1);
    expect(server.lines[0]).toEqual(expected[name]);
  });
});

function nameOf(line: readonly string[]): string {
  return line.join(' ');
}
