import { operationNames } from './load.ts';
import type { OperationRef } from './ref.ts';

/** How much of a service's menu can be ordered today. */
export interface ServiceCoverage {
  readonly service: string;
  /** How many operations AWS's model of the service has, and how many of them are built here. */
  readonly modelled: number;
  readonly built: number;
  /** Every modelled operation, by name. */
  readonly operations: readonly { readonly name: string; readonly built: boolean }[];
}

/**
 * The coverage of every modelled service, by name.
 * @param built everything that is built, e.g. `registry.built()`
 */
export function coverage(
  built: Iterable<OperationRef<never, unknown>>,
): readonly ServiceCoverage[] {
  const ids = new Set(Array.from(built, ({ service, name }) => `${service}:${name}`));
  return Object.entries(operationNames()).map(([service, names]) => {
    const operations = names.map((name) => ({ name, built: ids.has(`${service}:${name}`) }));
    return {
      service,
      modelled: operations.length,
      built: operations.filter((operation) => operation.built).length,
      operations,
    };
  });
}
