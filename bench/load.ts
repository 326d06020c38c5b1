import { Connection } from './connection.ts';
import type { Prepared } from './sign.ts';

export interface Measured {
  /** Answers a second. */
  readonly rate: number;
  /** The time within which 99 of 100 answers came. */
  readonly p99Ms: number;
}

/** Sends the requests in turn over so many connections at once, for so long. */
export async function load(
  port: number,
  requests: readonly Prepared[],
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<Measured> {
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)));
  const latencies: number[] = [];
  let next = 0;
  const started = performance.now();
  const until = started + seconds * 1000;
  const drive = async (connection: Connection): Promise<void> => {
    for (let now = performance.now(); now < until;) {
      const { status, body } = await connection.send(requests[next++ % requests.length]!);
      if (status !== 200) throw new Error(`answer ${status}: ${body.toString('utf8', 0, 500)}`);
      const answered = performance.now();
      latencies.push(answered - now);
      now = answered;
    }
  };
  try {
    await Promise.all(open.map(drive));
  } finally {
    for (const connection of open) connection.close();
  }
  const elapsedSeconds = (performance.now() - started) / 1000;
  const sorted = Float64Array.from(latencies).toSorted();
  return {
    rate: latencies.length / elapsedSeconds,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
  };
}

/** Sends each request once. */
export async function sendAll(port: number, requests: readonly Prepared[]): Promise<void> {
  let next = 0;
  const drive = async (): Promise<void> => {
    const connection = await Connection.open(port);
    while (next < requests.length) {
      const { status, body } = await connection.send(requests[next++]!);
      if (status !== 200) throw new Error(`answer ${status}: ${body.toString('utf8', 0, 500)}`);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: 8 }, drive));
}
