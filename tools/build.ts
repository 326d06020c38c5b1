import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';

/**
 * Bundles the library and the command into `dist`. Loading some hundred modules takes most of a
 * start; a few chunks take a third of it. What is imported lazily stays in chunks of its own.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

/** Not bundled: native, or loaded where they are used, which is not at a start. */
const late = ['lmdb', 'pg', 'pino', 'fast-xml-parser', 'jmespath'];
/** Nor is what carries no licence text that could be passed on. The others are worth bundling. */
const external = [...late, 'rfc6902'];

// The console is built beside these, and only when it has changed.
for (const name of existsSync('dist') ? readdirSync('dist') : []) {
  if (name !== 'console') rmSync(join('dist', name), { recursive: true });
}
const { metafile } = await build({
  entryPoints: {
    index: 'src/index.ts',
    'cli/main': 'src/cli/main.ts',
    worker: 'src/workers/worker.ts',
  },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external,
  // For bundled packages of the older module format, which ask for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  metafile: true,
  logLevel: 'warning',
});
refuseRelativeFiles(metafile);
refuseEarlyPackages(metafile, 'dist/index.js');
writeFileSync('dist/THIRD-PARTY-LICENSES.txt', licences(metafile));

/** A path beside a source is not beside the chunk that the source ends up in. */
function refuseRelativeFiles({ inputs }: Metafile): void {
  const own = Object.keys(inputs).filter((path) => path.startsWith('src/'));
  for (const path of own) {
    if (path === 'src/package-root.ts') continue;
    if (/import\.meta\.(dirname|filename)|new URL\([^)]*import\.meta/s.test(read(path))) {
      throw new Error(`${path} looks for a file beside itself; look below packageRoot`);
    }
  }
}

/** What a cloud needs at its start is a few chunks of its own code; packages are loaded on use. */
function refuseEarlyPackages({ outputs }: Metafile, entry: string, seen = new Set<string>()): void {
  if (seen.has(entry)) return;
  seen.add(entry);
  for (const { path, kind, external: isPackage } of outputs[entry]!.imports) {
    if (kind !== 'import-statement') continue;
    if (!isPackage) refuseEarlyPackages({ inputs: {}, outputs }, path, seen);
    else if (late.includes(path)) {
      throw new Error(`${path} is loaded with the library: import it where it is used`);
    }
  }
}

/** The licences of the packages whose code is in the bundles. */
function licences({ inputs }: Metafile): string {
  const packages = Object.keys(inputs).map(
    (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1],
  );
  const names = [...new Set(packages.filter((name) => name !== undefined))].toSorted();
  return names
    .map((name) => `${name}\n\n${read(join('node_modules', name, 'LICENSE'))}`)
    .join(`\n${'-'.repeat(80)}\n`);
}

function read(path: string): string {
  return readFileSync(path, 'utf8');
}
