import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What a command line came to. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/**
 * Runs many command lines in one interpreter that reads each model once, as starting anew costs most
 * of a second. Between two lines it asks the server for `/next`. The endpoint is an option as well,
 * because SQS does not heed the variable.
 */
const driver = `
import contextlib, functools, io, json, os, sys, urllib.request
from botocore.loaders import JSONFileLoader
JSONFileLoader.load_file = functools.lru_cache(None)(JSONFileLoader.load_file)
from awscli.clidriver import create_clidriver
outcomes = []
for args in json.load(sys.stdin):
    urllib.request.urlopen(os.environ['AWS_ENDPOINT_URL'] + '/next').read()
    out, error = io.TextIOWrapper(io.BytesIO(), encoding='utf-8'), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        try:
            code = create_clidriver().main(args + ['--endpoint-url', os.environ['AWS_ENDPOINT_URL']])
        except SystemExit as end:
            code = end.code
    out.flush()
    outcomes.append({'code': code, 'out': out.buffer.getvalue().decode(), 'error': error.getvalue()})
json.dump(outcomes, sys.stdout)
`;

/** What every command line of a comparison runs in: no files of the machine's, one time zone. */
export function environmentFor(endpoint: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    TZ: 'UTC',
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: new URL('stock-cli.ini', import.meta.url).pathname,
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

/** Gives AWS's own command line (version 1, the Python package awscli) the lines that ours is given. */
export async function runStockCli(
  lines: readonly (readonly string[])[],
  endpoint: string,
): Promise<Outcome[]> {
  const child = spawn('python3', ['-c', driver], {
    env: environmentFor(endpoint),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(lines));
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`python3 ended with ${code}`);
  return JSON.parse(Buffer.concat(chunks).toString()) as Outcome[];
}
