import { expect, test } from 'vitest';
import { cpio, DIRECTORY, EXECUTABLE } from './cpio.ts';

test('an archive in newc form: header, name and content, each at a multiple of four', () => {
  const archive = Buffer.from(
    cpio([
      { path: 'bin', mode: DIRECTORY },
      { path: 'bin/sh', mode: EXECUTABLE, data: Buffer.from('hello') },
    ]),
  );
  expect(archive.length % 4).toBe(0);
  const second = archive.indexOf('070701', 6);
  expect(second % 4).toBe(0);
  expect(archive.toString('ascii', second, second + 110)).toBe(
    [
      '070701',
      ...['00000002', '000081ed', '00000000', '00000000', '00000001', '00000000', '00000005'],
      ...['00000000', '00000000', '00000000', '00000000', '00000007', '00000000'],
    ].join(''),
  );
  expect(archive.toString('ascii', second + 110, second + 117)).toBe('bin/sh\0');
  expect(archive.toString('ascii', second + 120, second + 125)).toBe('hello');
  expect(archive.includes('TRAILER!!!\0')).toBe(true);
});
