import { parseArgs } from 'node:util';
import { coverage as coverageOf } from '../../models/coverage.ts';
import { services } from '../../services/index.ts';
import { columns } from '../columns.ts';
import type { Command } from '../command.ts';
import { usageError } from '../failure.ts';
import { serviceNamed } from '../services.ts';

export const coverage: Command = {
  help: `usage: alacarte coverage [service]

Counts the operations that AWS's models have and those that are built. With a service it lists each
operation; what is not built answers NotImplemented.
`,
  async run(args, { out }) {
    const built = services.flatMap(({ operations }) => operations.map(({ ref }) => ref));
    const all = coverageOf(built);
    const [word] = positionals(args);
    if (word !== undefined) {
      const one = all.find(({ service }) => service === serviceNamed(word));
      for (const { name, built: isBuilt } of one?.operations ?? []) {
        out(`${isBuilt ? 'built' : '-    '}  ${name}\n`);
      }
      return 0;
    }
    const total = (count: 'built' | 'modelled'): number =>
      all.reduce((sum, one) => sum + one[count], 0);
    const row = (name: string, done: number, of: number): string[] => [
      name,
      String(done).padStart(5),
      String(of).padStart(8),
      `${((100 * done) / of).toFixed(0).padStart(3)} %`,
    ];
    out(
      columns([
        ['service', 'built', 'modelled', ''],
        ...all.map((one) => row(one.service, one.built, one.modelled)),
        row('all', total('built'), total('modelled')),
      ]),
    );
    return 0;
  },
};

function positionals(args: readonly string[]): string[] {
  try {
    return parseArgs({ args: [...args], allowPositionals: true }).positionals;
  } catch (error) {
    throw usageError((error as Error).message);
  }
}
