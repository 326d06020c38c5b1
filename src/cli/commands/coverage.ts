import { parseArgs } from 'node:util';
import { type OperationCoverage, coverage as coverageOf } from '../../models/coverage.ts';
import { resourceTypeCoverage } from '../../models/resource-type-coverage.ts';
import { services } from '../../services/index.ts';
import { columns } from '../columns.ts';
import type { Command } from '../command.ts';
import { usageError } from '../failure.ts';
import { serviceNamed } from '../services.ts';

export const coverage: Command = {
  help: `usage: alacarte coverage [service | AWS::Namespace]

Counts the operations and resource types that AWS has and those that are built. With a service it
lists each operation, with a namespace such as AWS::DynamoDB each resource type; what is recorded
keeps what it is told and does no more; what is not built answers NotImplemented.
`,
  async run(args, { out }) {
    const built = services.flatMap(({ operations }) => operations);
    const all = coverageOf(built);
    const types = resourceTypeCoverage(
      services.flatMap(({ resourceTypes = [] }) => resourceTypes.map(({ name }) => name)),
    );
    const [word, ...more] = positionals(args);
    if (more.length > 0) throw usageError('It takes one service. See: alacarte coverage --help');
    const namespace = types.find((one) => one.namespace === word);
    if (namespace) {
      list(out, namespace.resourceTypes);
    } else if (word !== undefined) {
      const name = serviceNamed(word);
      list(out, all.find(({ service }) => service === name)?.operations ?? []);
    } else {
      out(
        columns([
          ['service', 'built', 'modelled', ''],
          ...rows(all.map((one) => ({ ...one, name: one.service }))),
          ['', '', '', ''],
          ['resource types', 'built', 'modelled', ''],
          ...rows(types.map((one) => ({ ...one, name: one.namespace }))),
        ]),
      );
    }
    return 0;
  },
};

interface Count {
  readonly name: string;
  readonly built: number;
  readonly modelled: number;
}

/** One each, and one for their sum. */
function rows(counts: readonly Count[]): string[][] {
  const total = (count: 'built' | 'modelled'): number =>
    counts.reduce((sum, one) => sum + one[count], 0);
  return [...counts, { name: 'all', built: total('built'), modelled: total('modelled') }].map(
    ({ name, built, modelled }) => [
      name,
      String(built).padStart(5),
      String(modelled).padStart(8),
      `${((100 * built) / modelled).toFixed(0).padStart(3)} %`,
    ],
  );
}

function list(out: (text: string) => void, entries: readonly OperationCoverage[]): void {
  const word = ({ built, recorded }: OperationCoverage): string =>
    recorded ? 'recorded' : built ? 'built' : '-';
  for (const entry of entries) out(`${word(entry).padEnd(8)}  ${entry.name}\n`);
}

function positionals(args: readonly string[]): string[] {
  try {
    return parseArgs({ args: [...args], allowPositionals: true }).positionals;
  } catch (error) {
    throw usageError((error as Error).message);
  }
}
