import type { Cloud, CloudOptions } from '../src/cloud.ts';
import type { ClientConfig, StartOptions } from '../src/index.ts';
import { startLibraryCloud } from '../src/library.ts';

/** How every SDK client is set up, as far as a test needs it. */
interface ClientConfiguration extends ClientConfig {
  readonly maxAttempts: number;
}

/** The library's options, and the parts that a test puts in place of a cloud's own. */
export type TestOptions = Pick<StartOptions, 'compute' | 'auth' | 'log'> &
  Pick<
    CloudOptions,
    'allowReset' | 'between' | 'checkpoint' | 'clock' | 'services' | 'store' | 'throttle'
  >;

interface Client {
  destroy(): void;
}

export interface TestCloud extends AsyncDisposable {
  readonly endpoint: string;
  /** The cloud in this process; it throws where the tests are aimed at another endpoint. */
  readonly inside: Cloud;
  /** A real SDK client of this cloud, closed with it. */
  client<C extends Client>(
    type: new (configuration: ClientConfiguration) => C,
    change?: Partial<ClientConfiguration>,
  ): C;
}

const usual = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};

/**
 * A cloud for one test, in this process, started as the library's users start theirs: ephemeral,
 * `mock` compute, a clock that stands still until it is moved. `ENDPOINT_UNDER_TEST` aims the same
 * tests at another endpoint.
 */
export async function startTestCloud(options: TestOptions = {}): Promise<TestCloud> {
  const elsewhere = process.env['ENDPOINT_UNDER_TEST'];
  const { compute, auth, log, ...parts } = options;
  const frozenAt = new Date('2026-11-23T12:00:00Z');
  const started = elsewhere
    ? undefined
    : await startLibraryCloud({ compute, auth, log, frozenAt }, parts);
  const inside = started?.inside;
  const clients: Client[] = [];
  const configuration: ClientConfiguration = {
    ...(started?.cloud.clientConfig ?? { ...usual, endpoint: `${elsewhere}` }),
    maxAttempts: 1,
  };
  return {
    endpoint: configuration.endpoint,
    get inside() {
      if (!inside) throw new Error('this test needs the cloud in its own process');
      return inside;
    },
    client(type, change) {
      const client = new type({ ...configuration, ...change });
      clients.push(client);
      return client;
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy();
      await started?.cloud.close();
    },
  };
}
