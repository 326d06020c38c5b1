import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const workspace = new URL('../console/', import.meta.url).pathname;

/** When anything that the built console depends on was changed last; milliseconds. */
function lastChange(): number {
  const sources = readdirSync(join(workspace, 'app'), { recursive: true, encoding: 'utf8' });
  const names = [
    ...sources.map((name) => join('app', name)),
    '.',
    'vite.config.ts',
    'font-files.ts',
    'index.html',
  ];
  return Math.max(...names.map((name) => statSync(join(workspace, name)).mtimeMs));
}

function lastBuild(): number {
  const page = join(workspace, '../dist/console/index.html');
  return statSync(page, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

// Part of `npm run build`, which comes before every start: what has not changed is not built again.
if (lastChange() > lastBuild() || process.argv.includes('--force')) {
  await build({ root: workspace, logLevel: process.argv.includes('--force') ? 'info' : 'warn' });
}
