/// <reference lib="esnext.disposable" preserve="true" />
import { startLibraryCloud } from './library.ts';

/** How a cloud is started; everything may be left out. */
export interface StartOptions {
  /** What runs instances: records only (`mock`, the default), QEMU, or the best that works here. */
  readonly compute?: 'mock' | 'qemu' | 'namespaces' | 'best';
  /** The region where a client names none; `us-east-1` if left out. */
  readonly region?: string;
  /** Twelve digits; `000000000000` if left out. */
  readonly account?: string;
  /** A port of the loopback address; a free one if left out. */
  readonly port?: number;
  /** A directory that keeps everything; without one, all is gone with the cloud. */
  readonly dataDir?: string;
  /** `loopback`, the default, takes keys that are not known as root; `strict` refuses them. */
  readonly auth?: 'loopback' | 'strict';
  /** Where the clock stands still until it is moved; it runs with the host's if left out. */
  readonly frozenAt?: Date;
  /** Told of what goes wrong inside; nobody is if left out. A pino logger is one. */
  readonly log?: Log;
}

export interface Log {
  info(message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Cloud time: what expires, cools down or is dated goes by it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Moves forward by `ms` and lets happen what comes due on the way. */
  advance(ms: number): void;
}

/** What every AWS SDK client takes: `new DynamoDBClient(cloud.clientConfig)`. */
export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** A cloud in this process, apart from every other. */
export interface Cloud extends AsyncDisposable, ClientConfig {
  readonly clientConfig: ClientConfig;
  readonly account: string;
  readonly port: number;
  readonly clock: Clock;
  /**
   * An empty cloud in place of this one, at the same endpoint: what is under way is cancelled,
   * instances and tables are gone, the clock is as at the start.
   */
  reset(): Promise<void>;
  /** Lets requests under way finish; then port, machines and files are given back. */
  close(): Promise<void>;
}

/**
 * Starts a cloud: `await using cloud = await startCloud()`.
 *
 * @throws Error for an option that is not known or cannot be, and where the port, the directory or
 * the compute driver cannot be had
 */
export async function startCloud(options: StartOptions = {}): Promise<Cloud> {
  const { cloud } = await startLibraryCloud(options);
  return cloud;
}
