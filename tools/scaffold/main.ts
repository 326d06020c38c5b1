import { execFileSync } from 'node:child_process';
import { relative } from 'node:path';
import { newOperation, ScaffoldError } from './new-operation.ts';
import { newResourceType } from './new-resource-type.ts';

/** What is written, by the script's first word; the second path is the test. */
function write(kind: string | undefined, words: readonly string[]): string[] {
  const [first, second] = words;
  if (kind === 'operation' && first && second && words.length === 2) {
    return newOperation(process.cwd(), first, second);
  }
  if (kind === 'resource-type' && first && words.length === 1) {
    return newResourceType(process.cwd(), first);
  }
  throw new ScaffoldError(
    kind === 'operation'
      ? 'usage: npm run new-operation <service> <Operation>'
      : 'usage: npm run new-resource-type AWS::<Namespace>::<Type>',
  );
}

const [kind, ...words] = process.argv.slice(2);
try {
  const files = write(kind, words);
  execFileSync('npx', ['oxfmt', ...files]);
  for (const file of files) console.log(`wrote ${relative(process.cwd(), file)}`);
  console.log(`next: npx vitest run ${relative(process.cwd(), files[1]!)}`);
} catch (error) {
  if (!(error instanceof ScaffoldError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
