import type { Projection as AskedProjection } from '@aws-sdk/client-dynamodb';
import { invalidParameters } from '../errors.ts';
import type { Projection } from './table.ts';

/** What an index is to hold beside keys, checked. */
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
  if (new Set(attributes).size < attributes.length) {
    throw invalidParameters('NonKeyAttributes should not contain duplicates');
  }
  return { type, attributes };
}

/** The same in AWS's words. */
export function describeProjection(projection: Projection): AskedProjection {
  return {
    ProjectionType: projection.type,
    ...(projection.type === 'INCLUDE' && { NonKeyAttributes: [...projection.attributes] }),
  };
}
