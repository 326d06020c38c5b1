import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const child = join(import.meta.dirname, 'full-disk.child.ts');

test.skipIf(process.platform === 'win32')(
  'a store whose disk is full refuses what it cannot keep, whole, and goes on',
  () => {
    const directory = mkdtempSync(join(tmpdir(), 'full-'));
    try {
      // A limit of 1 MB (2,000 blocks of 512 bytes) on each file it writes stands for a full disk.
      const limited = `trap '' XFSZ; ulimit -f 2000; exec "$@"`;
      const { stdout, status } = spawnSync(
        'sh',
        ['-c', limited, 'sh', process.execPath, '--import', 'tsx', child, directory],
        { encoding: 'utf8', timeout: 60_000 },
      );
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toEqual({
        refused: 'cannot write to the store',
        torn: 0,
        lost: 0,
        afterwards: 'kept',
      });
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
  60_000,
);
