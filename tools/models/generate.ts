/** Writes `src/models/generated` anew: `npm run models`. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { generatedFiles } from './generated-files.ts';

const directory = new URL('../../src/models/generated/', import.meta.url);

const files = await generatedFiles();
await rm(directory, { recursive: true, force: true });
for (const { path, text } of files) {
  const file = new URL(path, directory);
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, text);
}
