import { operationNames } from './load.ts';
import type { OperationRef } from './ref.ts';

/** How much of a service's menu can be ordered today. */
export interface ServiceCoverage {
  readonly service: string;
  /** How many operations AWS's model of the service has, and how many of them are built here. */
  readonly modelled: number;
  readonly built: number;
  /** Every modelled operation, by name. */
  readonly operations: readonly OperationCoverage[];
}

export interface OperationCoverage {
  readonly name: string;
  readonly built: boolean;
  /** Whether all that it does is to keep what it is told. */
  readonly recorded?: true;
}

/** An operation that is built, as far as coverage needs it. */
interface BuiltOperation {
  readonly ref: OperationRef<never, unknown>;
  /** True where it is so in every cloud. */
  readonly recorded?: unknown;
}

/**
 * The coverage of every modelled service, by name.
 * @param built everything that is built, e.g. `registry.built()`
 */
export function coverage(built: Iterable<BuiltOperation>): readonly ServiceCoverage[] {
  const known = new Map(Array.from(built, (one) => [`${one.ref.service}:${one.ref.name}`, one]));
  return Object.entries(operationNames()).map(([service, names]) => {
    const operations = names.map((name): OperationCoverage => {
      const operation = known.get(`${service}:${name}`);
      const recorded = operation?.recorded === true;
      return { name, built: operation !== undefined, ...(recorded && { recorded }) };
    });
    return {
      service,
      modelled: operations.length,
      built: operations.filter((operation) => operation.built).length,
      operations,
    };
  });
}
