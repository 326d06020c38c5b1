/**
 * A command line that runs a program which the kernel kills as soon as the thread that started it
 * ends, however that ends: for what must not be left behind. Linux only; elsewhere as it is.
 */
export function dyingWithParent(
  program: string,
  args: readonly string[],
): [command: string, args: readonly string[]] {
  if (process.platform !== 'linux') return [program, args];
  return ['setpriv', ['--pdeathsig', 'KILL', '--', program, ...args]];
}
