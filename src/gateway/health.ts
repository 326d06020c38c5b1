import type { Compute } from '../compute/compute.ts';
import { serviceNames } from '../models/load.ts';
import type { AuthMode } from '../options.ts';
import type { Engine } from '../storage/engine.ts';
import { version } from '../version.ts';

export interface HealthParts {
  readonly auth: AuthMode;
  readonly region: string;
  readonly engine: Engine;
  readonly compute: Compute;
  /** The server's, the first one's first. */
  readonly processIds: readonly number[];
  /** Names of the services of which something is built. */
  readonly built: ReadonlySet<string>;
}

/** What a monitor, a person or another emulator's tooling asks first. */
export function health({ auth, region, engine, compute, processIds, built }: HealthParts): object {
  const services = serviceNames().map((name) => [name, built.has(name) ? 'running' : 'disabled']);
  return {
    status: 'running',
    version,
    auth,
    region,
    store: engine.name,
    compute: { driver: compute.driver.name, realization: compute.driver.realization },
    processIds,
    services: Object.fromEntries(services),
  };
}
