/** Writes `src/models/generated`: `npm run models`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { generatedFiles } from './generated-files.ts';

const directory = new URL('../../src/models/generated/', import.meta.url);

await mkdir(directory, { recursive: true });
for await (const { path, text } of generatedFiles())
  await writeFile(new URL(path, directory), text);
