import { createCompute } from './compute/create-compute.ts';
import { listImages } from './compute/images/list-images.ts';
import type { Compute } from './compute/compute.ts';
import type { DriverName } from './compute/driver.ts';
import { Activity } from './gateway/activity/activity.ts';
import { AdminApi } from './gateway/admin.ts';
import { listenForGuests } from './gateway/guest-listeners.ts';
import { ConsoleFiles } from './gateway/console-files.ts';
import { health } from './gateway/health.ts';
import { refuse } from './gateway/refuse.ts';
import { refuseForeignPages } from './gateway/browser-guard.ts';
import { Authority } from './gateway/tls/authority.ts';
import type { Handler, Refusal } from './gateway/http/listener.ts';
import type { RequestHead } from './gateway/http/message.ts';
import { listen } from './gateway/http/socket-listener.ts';
import { closeAll, type Closer } from './kernel/close-all.ts';
import { MovableClock } from './kernel/clock.ts';
import { Ids, type RandomSource } from './kernel/ids.ts';
import { type Log, silent } from './kernel/log.ts';
import { ReadWriteLock } from './kernel/read-write-lock.ts';
import type { AnyService } from './kernel/service.ts';
import { type Life, startLife } from './life.ts';
import { coverage } from './models/coverage.ts';
import { resourceTypeCoverage } from './models/resource-type-coverage.ts';
import type { AuthMode } from './options.ts';
import { services as allServices } from './services/index.ts';
import type { Engine } from './storage/engine.ts';
import { IdentitySigner } from './services/ec2/domain/metadata/identity-signer.ts';
import { openStore, type StoreLocation } from './storage/open.ts';
import { Siblings } from './storage/siblings.ts';
import { takeConnectionsInTurn, Workers } from './workers/pool.ts';
import type { Checkpoint, Workflows } from './workflows/workflows.ts';

export interface CloudOptions {
  readonly host?: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Where state is kept; nowhere for long if left out. */
  readonly store?: StoreLocation;
  /** `mock` if left out; `best` takes the best driver that works here. */
  readonly compute?: DriverName | 'best';
  readonly auth?: AuthMode;
  /** Whether the throughput of DynamoDB's tables is enforced; not if left out. */
  readonly throttle?: boolean;
  readonly account?: string;
  readonly region?: string;
  /** Moves all of the cloud's time; one that runs with the host's if left out. */
  readonly clock?: MovableClock;
  readonly random?: RandomSource;
  readonly log?: Log;
  /** What is served; everything that is built if left out. */
  readonly services?: readonly AnyService[];
  /** Lets a test stop workflows where it likes. */
  readonly checkpoint?: Checkpoint;
  /** Server processes, this one among them; 1 if left out. */
  readonly workers?: number;
  /** Whether a client may ask for a reset where state is kept; it may always where it is not. */
  readonly allowReset?: boolean;
  /** Lets a test come between the cloud and its store. */
  readonly between?: (engine: Engine) => Engine;
}

/** A cloud at work: what a client connects to and what a test moves. */
export interface Cloud extends AsyncDisposable {
  /** e.g. `http://127.0.0.1:4566` */
  readonly endpoint: string;
  readonly port: number;
  readonly clock: MovableClock;
  /** Those since the last reset. */
  readonly workflows: Workflows;
  readonly compute: Compute;
  /** Where state is kept; absolute. */
  readonly directory: string;
  /**
   * An empty cloud in place of this one: what is under way is cancelled, machines are removed, the
   * clock is as at the start. Requests that arrive meanwhile wait, and meet the new one.
   */
  reset(): Promise<void>;
  /** Finishes what is under way, lets go of machines and closes the store. */
  close(): Promise<void>;
}

/**
 * Puts a cloud together and starts it: storage, compute, services, gateway. Several may run in one
 * process.
 *
 * @throws Error where the port, the data directory or the compute driver cannot be had
 */
export async function startCloud(options: CloudOptions = {}): Promise<Cloud> {
  const closers: Closer[] = [];
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= closeAll(closers));
  try {
    return await assemble(options, close, (closer) => closers.push(closer));
  } catch (error) {
    await close();
    throw error;
  }
}

/** What stays when the cloud is reset: address, clock, store and driver; the rest is a `Life`. */
async function assemble(
  options: CloudOptions,
  close: () => Promise<void>,
  onClose: (closer: Closer) => void,
): Promise<Cloud> {
  const { auth = 'loopback', account = '000000000000', region = 'us-east-1' } = options;
  const { throttle = false } = options;
  const { log = silent, store: location = { ephemeral: true }, checkpoint } = options;
  const { services = allServices } = options;
  const ephemeral = 'ephemeral' in location;
  const clock = options.clock ?? new MovableClock();
  const ids = new Ids(options.random);

  const siblings = new Siblings();
  const store = await openStore(location, siblings);
  onClose(() => store.close());
  onClose(() => clock.stop());
  const { directory } = store;
  const engine = (): Engine => options.between?.(store.engine) ?? store.engine;
  let opened: Promise<Authority> | undefined;
  const authority = () => (opened ??= Authority.open(directory));
  const certificateAuthority = async () => (await authority()).certificate;
  const compute = await createCompute({
    driver: options.compute ?? 'mock',
    ...{ directory, clock, log, ephemeral, authority: certificateAuthority },
  });
  onClose(() => compute.close());

  let workers: Workers | undefined;
  const activity = new Activity(clock, async (wanted) => workers?.handOn(wanted));
  const begin = (): Promise<Life> =>
    startLife({
      ...{ store: engine(), directory, clock, ids, compute, activity, log, services },
      ...{ auth, account, region, checkpoint, throttle },
    });
  let life = await begin();
  onClose(() => life.close());

  const requests = new ReadWriteLock();
  const reset = (): Promise<void> =>
    requests.alone(async () => {
      await life.close();
      for (const { id } of await compute.driver.list()) await compute.driver.destroy(id);
      const clear = (): Promise<void> => store.clear();
      await (workers ? workers.without(clear) : clear());
      clock.restart();
      life = await begin();
      await workers?.clock(clock.state);
    });

  const admin = new AdminApi({
    ...{ auth, activity, certificateAuthority },
    now: () => clock.now(),
    async advance(ms) {
      clock.advance(ms);
      await workers?.clock(clock.state);
    },
    authenticate: (request, target) => life.authenticator.authenticate(request, target),
    health: () =>
      health({
        ...{ auth, region, engine: store.engine, compute, built: life.built },
        processIds: [process.pid, ...(workers?.processIds ?? [])],
      }),
    doctor: () => compute.doctor(),
    images: () => listImages(),
    coverage: () => coverage(life.registry.built()),
    resourceTypes: () => resourceTypeCoverage(life.registry.resourceTypeNames()),
    identityCertificate: () => new IdentitySigner(engine(), ids).certificate(),
    reset: ephemeral || options.allowReset ? reset : undefined,
  });
  const consoleFiles = new ConsoleFiles();
  const serveApi: Handler = async (request) =>
    refuseForeignPages(request) ?? requests.shared(() => life.pipeline.serve(request));
  const serve: Handler = async (request, context) => {
    const refusal = refuseForeignPages(request);
    if (refusal) return refusal;
    if (consoleFiles.owns(request)) return consoleFiles.serve(request);
    if (admin.owns(request.path)) return admin.serve(request, context);
    return requests.shared(() => life.pipeline.serve(request));
  };
  const listening = {
    refuse: (refusal: Refusal, head?: RequestHead) => refuse(ids, refusal, head),
    report: (error: unknown, { method, path }: RequestHead) =>
      log.error({ err: error, method, path }, 'listener'),
  };
  const place = { host: options.host ?? '127.0.0.1', port: options.port ?? 0 };
  const further = (options.workers ?? 1) - 1;
  if (further > 0) takeConnectionsInTurn();
  const listener = await listen({ ...listening, ...place }, serve);
  onClose(() => listener.close());
  if (compute.network) {
    onClose(await listenForGuests(compute.network, await authority(), listening, serveApi));
  }
  onClose(() => activity.close());
  if (further > 0) {
    const own = await listen(listening, serve);
    onClose(() => own.close());
    workers = await Workers.start({
      ...{ size: further, listener, siblings, activity, log },
      start: () => ({
        ...{ auth, account, region, throttle, clock: clock.state, leaderPort: own.address.port },
        store: { ...location, directory, durable: !ephemeral },
      }),
    });
    onClose(() => workers!.close());
  }
  const { host, port } = listener.address;
  return {
    ...{ port, clock, compute, directory, reset, close },
    endpoint: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    get workflows() {
      return life.workflows;
    },
    [Symbol.asyncDispose]: close,
  };
}
