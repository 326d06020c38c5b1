import type { Compute } from './compute/compute.ts';
import type { Activity } from './gateway/activity/activity.ts';
import { invoke } from './gateway/invoke.ts';
import { Pipeline } from './gateway/pipeline.ts';
import { Authenticator } from './identity/authenticate.ts';
import { authorize } from './identity/authorize.ts';
import { credentials } from './identity/credentials.ts';
import { only, rootCredentials } from './identity/root-credentials.ts';
import { SessionCredentials } from './identity/session-credentials.ts';
import type { Clock } from './kernel/clock.ts';
import { closeAll, type Closer } from './kernel/close-all.ts';
import type { Ids } from './kernel/ids.ts';
import type { Log } from './kernel/log.ts';
import { Registry } from './kernel/registry.ts';
import type { AnyService, Platform } from './kernel/service.ts';
import type { AuthMode } from './options.ts';
import type { Engine } from './storage/engine.ts';
import { type Checkpoint, Workflows } from './workflows/workflows.ts';

/** What a cloud has beside a life, and keeps when it is reset. */
export interface LifeParts {
  readonly store: Engine;
  readonly directory: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly compute: Compute;
  readonly activity: Activity;
  readonly log: Log;
  readonly services: readonly AnyService[];
  readonly throttle: boolean;
  readonly auth: AuthMode;
  readonly account: string;
  readonly region: string;
  readonly checkpoint: Checkpoint | undefined;
  /** Whether workflows and controllers are another process's business. */
  readonly follows?: boolean;
}

/** All of a cloud that knows of its state: from a start or a reset to the next reset or the end. */
export interface Life {
  readonly workflows: Workflows;
  readonly registry: Registry;
  readonly authenticator: Authenticator;
  readonly pipeline: Pipeline;
  /** Names of the services of which something is built. */
  readonly built: ReadonlySet<string>;
  /** Ends what is under way after the step it is in. */
  close(): Promise<void>;
}

/** Builds the services on a store and takes up what an earlier process left there. */
export async function startLife(parts: LifeParts): Promise<Life> {
  const { store, directory, clock, ids, compute, activity, log, auth, account, region } = parts;
  const closers: Closer[] = [];
  const workflows = new Workflows({ store, clock, log }, parts.checkpoint);
  closers.push(() => workflows.close());
  const sessions = new SessionCredentials(store, clock, ids);

  const platform: Platform = {
    ...{ store, clock, ids, workflows, compute, sessions, log, throttle: parts.throttle },
    defaults: { account, region },
    invoke: (...call) => invoke({ registry, ids, activity }, ...call),
    resourceType: (name) => registry.resourceType(name),
    resourceTypeNames: () => registry.resourceTypeNames(),
  };
  const registry = new Registry(parts.services, platform, authorize);
  for (const workflow of registry.workflows) workflows.register(workflow);
  const close = (): Promise<void> => closeAll(closers);
  try {
    if (!parts.follows) {
      await workflows.resume();
      for (const controller of registry.controllers) closers.push(await controller.start());
    }
    const root = auth === 'strict' ? [only(await rootCredentials(directory, account, ids))] : [];
    const known = credentials(auth, account, [...root, sessions]);
    const authenticator = new Authenticator({ credentials: known, clock });
    const pipeline = new Pipeline({ registry, authenticator, ids, activity, log });
    const built = new Set(registry.built().map(({ ref }) => ref.service));
    return { workflows, registry, authenticator, pipeline, built, close };
  } catch (error) {
    await close();
    throw error;
  }
}
