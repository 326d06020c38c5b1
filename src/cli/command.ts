import type { Terminal } from './terminal.ts';

/** A command of Alacarte's own; the rest of the command line is AWS's services. */
export interface Command {
  /** All that `alacarte <command> --help` says. */
  readonly help: string;
  /**
   * @param args the words behind the command's name
   * @returns the exit code
   * @throws Failure with a message for the person at the terminal
   */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
