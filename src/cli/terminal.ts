/** What the command line reads from and writes to; a test has its own. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  out(this: void, text: string): void;
  error(this: void, text: string): void;
  readonly isTerminal: boolean;
  /** 80 where output goes elsewhere. */
  readonly widthColumns: number;
}

/** The process's own. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) stream.on('error', forgiveClosedPipe);
  return {
    environment: env,
    out: (text) => void stdout.write(text),
    error: (text) => void stderr.write(text),
    isTerminal: stdout.isTTY,
    widthColumns: stdout.columns ?? 80,
  };
}

/** Who reads through `head` has seen enough: no reason to fail, as nothing is left to be said. */
function forgiveClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Colours are for people: not for pipes, not where NO_COLOR (https://no-color.org) is set. */
export function wantsColour(
  { isTerminal, environment }: Terminal,
  color: 'auto' | 'on' | 'off' = 'auto',
): boolean {
  if (color !== 'auto') return color === 'on';
  return isTerminal && !environment['NO_COLOR'];
}
