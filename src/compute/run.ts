import { spawn } from 'node:child_process';

/**
 * Runs a program of the host to its end and gives its standard output. Fails with the program's own
 * words. Never blocks the event loop: this process serves the metadata of running machines.
 */
export function run(
  command: string,
  args: readonly string[],
  { cwd, input }: { readonly cwd?: string; readonly input?: string } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      stdio: 'pipe',
      env: { ...process.env, LC_ALL: 'C' },
    });
    let output = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.on('error', (cause) => reject(new Error(`Cannot run ${command}.`, { cause })));
    child.on('close', (status, signal) => {
      if (status === 0) return resolve(output);
      const end = signal ? `was ended by ${signal}` : `ended with status ${status}`;
      const said = complaint.trim() || output.trim();
      reject(new Error(`${command} ${args.join(' ')} ${end}: ${said}`));
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
