import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { imageDirectory } from '../images/build-image.ts';
import { findAccelerator } from './accelerator.ts';
import { whyNotUsable } from './requirements.ts';

const directory = mkdtempSync(join(tmpdir(), 'alacarte-accelerator-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const obstacle = await whyNotUsable(imageDirectory());
if (obstacle !== undefined) console.warn(`SKIPPED: the choice of an accelerator. ${obstacle}`);

describe.skipIf(obstacle !== undefined)('the choice of an accelerator', () => {
  const kept = join(directory, 'accelerator.json');

  async function noKernel(): Promise<string> {
    const file = join(directory, 'kernel');
    await writeFile(file, 'not a kernel');
    return file;
  }

  test('a kernel that does not boot is no proof of KVM, and the verdict is kept', async () => {
    const verdict = await findAccelerator(await noKernel(), directory);
    expect(verdict).toMatchObject({
      accelerator: 'tcg',
      reason: expect.stringMatching(/^Processors are emulated\. /),
    });
    expect(verdict.tscKhz).toBeGreaterThan(100_000);
    expect(JSON.parse(await readFile(kept, 'utf8'))).toMatchObject({ verdict });
  });

  test('a verdict holds for this boot of the host only', async () => {
    await findAccelerator(await noKernel(), directory);
    const found = JSON.parse(await readFile(kept, 'utf8')) as object;
    const kvm = { accelerator: 'kvm', reason: 'Linux boots on KVM.' };
    await writeFile(kept, JSON.stringify({ ...found, verdict: kvm }));
    expect(await findAccelerator(await noKernel(), directory)).toEqual(kvm);
    await writeFile(kept, JSON.stringify({ ...found, hostBoot: 'another', verdict: kvm }));
    const anew = await findAccelerator(await noKernel(), directory);
    expect(anew).toMatchObject({ accelerator: 'tcg' });
  });
});
