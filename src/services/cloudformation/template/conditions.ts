import type { Environment } from './environment.ts';
import { notBuilt } from './errors.ts';
import type { Value } from './template.ts';

/** Decides every condition of a template. */
export async function evaluateConditions(
  _conditions: ReadonlyMap<string, Value>,
  _environment: Environment,
): Promise<ReadonlyMap<string, boolean>> {
  throw notBuilt('template conditions');
}
