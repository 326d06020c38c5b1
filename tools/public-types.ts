import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Of all declarations that `tsc` writes, the library's own is published. It has to stand alone:
 * what lies behind it speaks of the SDK's clients, which a user may not have.
 */
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const declarations = `${dist}declarations/`;
copyFileSync(`${declarations}index.d.ts`, `${dist}index.d.ts`);
rmSync(declarations, { recursive: true });

const imported = /^(?:import|export) .*from .*$/m.exec(readFileSync(`${dist}index.d.ts`, 'utf8'));
if (imported) throw new Error(`dist/index.d.ts does not stand alone: ${imported[0]}`);
