import pino, { type Logger } from 'pino';
import { createCompute } from './compute/create-compute.ts';
import type { Compute } from './compute/compute.ts';
import type { DriverName } from './compute/driver.ts';
import { Activity } from './gateway/activity/activity.ts';
import { AdminApi } from './gateway/admin.ts';
import { health } from './gateway/health.ts';
import { refuse } from './gateway/refuse.ts';
import { refuseForeignPages } from './gateway/browser-guard.ts';
import { invoke } from './gateway/invoke.ts';
import { listen } from './gateway/http/node-listener.ts';
import { Pipeline } from './gateway/pipeline.ts';
import { Authenticator } from './identity/authenticate.ts';
import { authorize } from './identity/authorize.ts';
import { credentials } from './identity/credentials.ts';
import { only, rootCredentials } from './identity/root-credentials.ts';
import { SessionCredentials } from './identity/session-credentials.ts';
import { MovableClock } from './kernel/clock.ts';
import { Ids, type RandomSource } from './kernel/ids.ts';
import { Registry } from './kernel/registry.ts';
import type { AnyService, Platform } from './kernel/service.ts';
import { coverage } from './models/coverage.ts';
import type { AuthMode } from './options.ts';
import { services as allServices } from './services/index.ts';
import type { Engine } from './storage/engine.ts';
import { openStore, type StoreLocation } from './storage/open.ts';
import { type Checkpoint, Workflows } from './workflows/workflows.ts';

export interface CloudOptions {
  readonly host?: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Where state is kept; nowhere for long if left out. */
  readonly store?: StoreLocation;
  /** `mock` if left out; `best` takes the best driver that works here. */
  readonly compute?: DriverName | 'best';
  readonly auth?: AuthMode;
  readonly account?: string;
  readonly region?: string;
  /** Moves all of the cloud's time; one that runs with the host's if left out. */
  readonly clock?: MovableClock;
  readonly random?: RandomSource;
  readonly log?: Logger;
  /** What is served; everything that is built if left out. */
  readonly services?: readonly AnyService[];
  /** Lets a test stop workflows where it likes. */
  readonly checkpoint?: Checkpoint;
  /** Lets a test come between the cloud and its store. */
  readonly between?: (engine: Engine) => Engine;
}

/** A cloud at work: what a client connects to and what a test moves. */
export interface Cloud extends AsyncDisposable {
  /** e.g. `http://127.0.0.1:4566` */
  readonly endpoint: string;
  readonly port: number;
  readonly clock: MovableClock;
  readonly workflows: Workflows;
  readonly compute: Compute;
  /** Where state is kept; absolute. */
  readonly directory: string;
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
    const parts = await assemble(options, (closer) => closers.push(closer));
    const { host, port } = parts.listener.address;
    const endpoint = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    return { ...parts, endpoint, port, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Closer = () => Promise<void> | void;

/** Last opened, first closed. */
async function closeAll(closers: readonly Closer[]): Promise<void> {
  for (const closer of closers.toReversed()) await closer();
}

async function assemble(options: CloudOptions, onClose: (closer: Closer) => void) {
  const { auth = 'loopback', account = '000000000000', region = 'us-east-1' } = options;
  const { log = pino({ level: 'silent' }), store: location = { ephemeral: true } } = options;
  const clock = options.clock ?? new MovableClock();
  const ids = new Ids(options.random);

  const store = await openStore(location);
  onClose(() => store.close());
  onClose(() => clock.stop());
  const { directory } = store;
  const engine = options.between?.(store.engine) ?? store.engine;
  const compute = await createCompute({
    driver: options.compute ?? 'mock',
    ...{ directory, clock, log, ephemeral: 'ephemeral' in location },
  });
  onClose(() => compute.close());
  const workflows = new Workflows({ store: engine, clock, log }, options.checkpoint);
  onClose(() => workflows.close());
  const activity = new Activity(clock);
  const sessions = new SessionCredentials(engine, clock, ids);

  const platform: Platform = {
    ...{ store: engine, clock, ids, workflows, compute, sessions, log },
    defaults: { account, region },
    invoke: (...call) => invoke({ registry, ids, activity }, ...call),
    resourceType: (name) => registry.resourceType(name),
    resourceTypeNames: () => registry.resourceTypeNames(),
  };
  const registry = new Registry(options.services ?? allServices, platform, authorize);
  for (const workflow of registry.workflows) workflows.register(workflow);
  await workflows.resume();
  for (const controller of registry.controllers) onClose(await controller.start());

  const root = auth === 'strict' ? [only(await rootCredentials(directory, account, ids))] : [];
  const known = credentials(auth, account, [...root, sessions]);
  const authenticator = new Authenticator({ credentials: known, clock });
  const pipeline = new Pipeline({ registry, authenticator, ids, activity, log });
  const built = new Set(registry.built().map(({ service }) => service));
  const admin = new AdminApi({
    ...{ clock, auth, authenticator, activity },
    health: () => health({ auth, region, engine, compute, built }),
    doctor: () => compute.doctor(),
    coverage: () => coverage(registry.built()),
  });
  const listener = await listen(
    {
      host: options.host ?? '127.0.0.1',
      port: options.port ?? 0,
      refuse: (refusal, head) => refuse(ids, refusal, head),
      report: (error, { method, path }) => log.error({ err: error, method, path }, 'listener'),
    },
    async (request, context) =>
      refuseForeignPages(request) ??
      (admin.owns(request.path) ? admin.serve(request, context) : pipeline.serve(request)),
  );
  onClose(() => listener.close());
  onClose(() => activity.close());
  return { clock, workflows, compute, directory, listener };
}
