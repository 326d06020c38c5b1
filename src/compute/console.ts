/** GetConsoleOutput returns the most recent 64 KB. */
export const CONSOLE_BYTES = 64 * 1024;

/** The end of a serial console, as much of it as EC2 shows. */
export function tail(output: Uint8Array): Uint8Array {
  return output.subarray(Math.max(0, output.length - CONSOLE_BYTES));
}
