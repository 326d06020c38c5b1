import { AwsError } from '../../../kernel/aws-error.ts';
import { admitProperties } from '../../../kernel/admit-properties.ts';
import type { AnyResourceType, Properties } from '../../../kernel/resource-type.ts';
import type { Platform } from '../../../kernel/service.ts';
import {
  isAwsResourceType,
  resourceSchema,
  type ResourceSchema,
} from '../../../models/resource-schema.ts';
import * as errors from '../errors.ts';

/** What every operation on a resource may be given beside it. */
interface Given {
  readonly TypeName: string | undefined;
  readonly TypeVersionId?: string | undefined;
  readonly RoleArn?: string | undefined;
}

/** The types that requests name. */
export class ResourceTypes {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** @throws TypeNotFoundException, or NotImplemented for what AWS has and Alacarte has not built */
  get({ TypeName: name = '', TypeVersionId, RoleArn }: Given): AnyResourceType {
    if (TypeVersionId !== undefined) throw errors.notBuilt('TypeVersionId');
    if (RoleArn !== undefined) throw errors.notBuilt('RoleArn');
    const type = this.#platform.resourceType(name);
    if (type) return type;
    throw isAwsResourceType(name) ? errors.typeNotBuilt(name) : errors.typeNotFound(name);
  }
}

export function schemaOf({ name }: AnyResourceType): ResourceSchema {
  const schema = resourceSchema(name);
  if (!schema) throw new Error(`${name} has no schema`);
  return schema;
}

/**
 * Reads a resource's state as a client sends it.
 * @throws InvalidRequestException where it is no JSON object; ValidationException where the schema refuses it
 */
export function desiredState(type: AnyResourceType, text = ''): Properties {
  const admitted = admitProperties(type, jsonObject(text));
  if ('problems' in admitted) throw errors.invalidModel(admitted.problems);
  return admitted.properties;
}

function jsonObject(text: string): Properties {
  const state = parsed(text);
  if (typeof state !== 'object' || state === null || Array.isArray(state)) {
    throw errors.invalidRequest('Invalid DesiredState: it must be a JSON object');
  }
  return state as Properties;
}

/** @throws InvalidRequestException */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AwsError('InvalidRequestException', 'Invalid JSON in the request', { cause });
  }
}

/** The properties that name a resource, of its identifier: parts of a composed one stand between `|`. */
export function identifying(type: AnyResourceType, identifier: string): Properties {
  const names = schemaOf(type).primaryIdentifier;
  const parts = names.length === 1 ? [identifier] : identifier.split('|');
  return Object.fromEntries(names.map((name, at) => [name, parts[at]]));
}
