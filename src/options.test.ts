import { describe, expect, test } from 'vitest';
import { OptionError, readOptions } from './options.ts';

describe('readOptions', () => {
  test('takes what is usual where nothing is said', () => {
    expect(readOptions([], {})).toEqual({
      port: 4566,
      host: '127.0.0.1',
      dataDir: '.alacarte',
      ephemeral: false,
      allowReset: false,
      store: undefined,
      compute: undefined,
      workers: 1,
      throttle: false,
      auth: 'loopback',
      region: 'us-east-1',
      logLevel: 'info',
    });
  });

  test('reads flags, and the environment where no flag is given', () => {
    const environment = { ALACARTE_PORT: '1', ALACARTE_DATA_DIR: '/a', ALACARTE_AUTH: 'strict' };
    const options = readOptions(['--port', '2', '--compute=mock'], environment);
    expect(options).toMatchObject({ port: 2, compute: 'mock', dataDir: '/a', auth: 'strict' });
  });

  test.each([
    [['--prot', '1'], /Unknown option '--prot'/],
    [['--port', 'high'], /--port takes a whole number from 0 to 65535, not 'high'/],
    [['--port', '65536'], /--port takes/],
    [['--auth', 'strcit'], /--auth takes loopback, strict, not 'strcit'/],
    [['--compute', 'xen'], /--compute takes/],
    [['--region', 'Europe'], /--region takes a name/],
    [['--store', 'mysql://x'], /--store takes a URL/],
    [['--ephemeral', '--store', 'postgres://x/y'], /exclude one another/],
    [['--ephemeral', '--data-dir', '/a'], /exclude one another/],
    [['--host', '0.0.0.0'], /takes TLS and --auth strict/],
    [['--host', '0.0.0.0', '--auth', 'strict'], /takes TLS, and TLS is not built yet/],
    [['--workers', '0'], /--workers takes/],
    [['extra'], /extra/],
  ])('refuses to start with %j', (args, reason) => {
    expect(() => readOptions(args, {})).toThrow(OptionError);
    expect(() => readOptions(args, {})).toThrow(reason);
  });

  test('refuses an environment variable that it does not know', () => {
    expect(() => readOptions([], { ALACARTE_PROT: '1' })).toThrow(/Unknown .* ALACARTE_PROT/);
    expect(() => readOptions([], { ALACARTE_PORT: '1' })).not.toThrow();
  });
});
