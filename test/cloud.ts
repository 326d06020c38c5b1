import { type Cloud, type CloudOptions, startCloud } from '../src/cloud.ts';
import { MovableClock } from '../src/kernel/clock.ts';

/** How every SDK client is set up, as far as a test needs it. */
interface ClientConfiguration {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

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

/**
 * A cloud for one test, in this process: ephemeral, `mock` compute, a clock that stands still until
 * it is moved. `ENDPOINT_UNDER_TEST` aims the same tests at another endpoint.
 */
export async function startTestCloud(options: CloudOptions = {}): Promise<TestCloud> {
  const elsewhere = process.env['ENDPOINT_UNDER_TEST'];
  const inside = elsewhere
    ? undefined
    : await startCloud({ clock: new MovableClock(Date.parse('2026-11-23T12:00:00Z')), ...options });
  const clients: Client[] = [];
  const configuration: ClientConfiguration = {
    endpoint: elsewhere ?? inside!.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
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
      await inside?.close();
    },
  };
}
