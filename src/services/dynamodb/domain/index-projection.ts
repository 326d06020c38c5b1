import type { Projection as AskedProjection } from '@aws-sdk/client-dynamodb';
import { invalidParameters } from '../errors.ts';
import type { Projection } from './table.ts';

/** What an index is to hold beside keys, checked. AWS keeps the names in order. */
export function readProjection(asked: AskedProjection | undefined): Projection {
  const { ProjectionType: type, NonKeyAttributes: attributes } = asked ?? {};
  if (type === undefined) throw invalidParameters('Unknown ProjectionType: null');
  if (type !== 'INCLUDE') {
    if (!attributes) return { type };
    throw invalidParameters(`ProjectionType is ${type}, but NonKeyAttributes is specified`);
  }
  if (!attributes) {
    throw invalidParameters('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
  }
  const twice = attributes.find((name, at) => attributes.indexOf(name) < at);
  if (twice !== undefined) {
    throw invalidParameters(`Duplicate element in NonKeyAttributes: ${twice}`);
  }
  return { type, attributes: attributes.toSorted() };
}

/** The same in AWS's words. */
export function describeProjection(projection: Projection): AskedProjection {
  return {
    ProjectionType: projection.type,
    ...(projection.type === 'INCLUDE' && { NonKeyAttributes: [...projection.attributes] }),
  };
}
