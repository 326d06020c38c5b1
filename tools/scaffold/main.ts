import { execFileSync } from 'node:child_process';
import { relative } from 'node:path';
import { newOperation, ScaffoldError } from './new-operation.ts';

const [service, operation, ...rest] = process.argv.slice(2);
try {
  if (!service || !operation || rest.length > 0) {
    throw new ScaffoldError('usage: npm run new-operation <service> <Operation>');
  }
  const files = newOperation(process.cwd(), service, operation);
  execFileSync('npx', ['oxfmt', ...files]);
  for (const file of files) console.log(`wrote ${relative(process.cwd(), file)}`);
  console.log(`next: npx vitest run ${relative(process.cwd(), files[1]!)}`);
} catch (error) {
  if (!(error instanceof ScaffoldError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
