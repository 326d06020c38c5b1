import type { Command } from './command.ts';

interface Entry {
  /** One line for `alacarte help`. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Alacarte's own commands, in the order of `alacarte help`; each is loaded when it is called. */
export const commands: Readonly<Record<string, Entry>> = {
  up: {
    summary: 'start a cloud and run it until Ctrl-C',
    load: async () => (await import('./commands/up.ts')).up,
  },
  down: {
    summary: 'stop the cloud of this data directory',
    load: async () => (await import('./commands/down.ts')).down,
  },
  reset: {
    summary: 'remove everything from the cloud of this data directory',
    load: async () => (await import('./commands/reset.ts')).reset,
  },
  status: {
    summary: 'say whether a cloud runs, and what it is',
    load: async () => (await import('./commands/status.ts')).status,
  },
  env: {
    summary: 'print the variables that point AWS clients here',
    load: async () => (await import('./commands/env.ts')).env,
  },
  watch: {
    summary: 'show each call that the cloud answers, as it comes',
    load: async () => (await import('./commands/watch.ts')).watch,
  },
  doctor: {
    summary: 'say what runs instances here, and why the better ways do not',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  images: {
    summary: 'list the images that instances boot from, or make some ready',
    load: async () => (await import('./commands/images.ts')).images,
  },
  coverage: {
    summary: 'say which operations and resource types are built',
    load: async () => (await import('./commands/coverage.ts')).coverage,
  },
  ssh: {
    summary: 'log in to an instance',
    load: async () => (await import('./commands/ssh.ts')).ssh,
  },
  completion: {
    summary: 'print what makes the shell complete commands and flags',
    load: async () => (await import('./commands/completion.ts')).completion,
  },
};

/** What may stand first on a command line beside the services. */
export const commandNames: readonly string[] = [...Object.keys(commands), 'help'];
