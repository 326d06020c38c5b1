import type { Command } from './command.ts';

/** Alacarte's own commands, in the order of `alacarte help`; each is loaded when it is called. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  up: async () => (await import('./commands/up.ts')).up,
  down: async () => (await import('./commands/down.ts')).down,
  status: async () => (await import('./commands/status.ts')).status,
  env: async () => (await import('./commands/env.ts')).env,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  coverage: async () => (await import('./commands/coverage.ts')).coverage,
  ssh: async () => (await import('./commands/ssh.ts')).ssh,
  completion: async () => (await import('./commands/completion.ts')).completion,
};

/** What may stand first on a command line beside the services. */
export const commandNames: readonly string[] = [...Object.keys(commands), 'help'];
