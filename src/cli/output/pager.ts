import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Terminal } from '../terminal.ts';

/** Writes a long text through a pager where a person is watching, else as it is. */
export async function page(
  text: string,
  terminal: Terminal,
  command: string | undefined,
): Promise<void> {
  if (!terminal.isTerminal || !command) {
    terminal.out(text);
    return;
  }
  const pager = spawn(command, { shell: true, stdio: ['pipe', 'inherit', 'inherit'] });
  pager.stdin.on('error', () => {}); // quit before the end was read
  pager.stdin.end(text);
  const [code] = (await once(pager, 'exit')) as [number | null];
  if (code === 127) terminal.out(text); // there is no such pager
}
