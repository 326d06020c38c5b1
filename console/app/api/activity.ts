import { useEffect, useState } from 'react';

/** One call that was answered, as `GET /_alacarte/activity` tells of it. */
export interface ActivityEntry {
  readonly sequence: number;
  readonly time: string;
  readonly requestId: string;
  readonly service?: string;
  readonly operation?: string;
  readonly principal?: string;
  readonly calledVia?: readonly string[];
  readonly durationMs: number;
  readonly status: number;
  readonly error?: { readonly code: string; readonly message: string };
  readonly realization?: string;
  readonly userAgent?: string;
}

const kept = 1000;

/** The calls as they come, newest first. The page follows for as long as it is shown. */
export function useActivity(): { entries: readonly ActivityEntry[]; error: Error | null } {
  const [entries, setEntries] = useState<readonly ActivityEntry[]>([]);
  const [error, setError] = useState<Error | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    const add = (some: readonly ActivityEntry[]): void =>
      setEntries((before) => [...some.toReversed(), ...before].slice(0, kept));
    setEntries([]);
    follow(add, leaving.signal).catch((reason: unknown) => {
      if (!leaving.signal.aborted) setError(reason as Error);
    });
    return () => leaving.abort();
  }, []);
  return { entries, error };
}

async function follow(
  add: (entries: readonly ActivityEntry[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch('/_alacarte/activity', { signal });
  if (!response.ok || !response.body) throw await refusalOf(response);
  let rest = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    const entries = lines.map((line) => JSON.parse(line) as Partial<ActivityEntry>);
    // A line without a sequence says how many calls were missed.
    add(entries.filter((entry): entry is ActivityEntry => entry.sequence !== undefined));
  }
}

async function refusalOf(response: Response): Promise<Error> {
  const { code, message } = (await response.json()) as { code: string; message: string };
  return Object.assign(new Error(message), { name: code });
}
