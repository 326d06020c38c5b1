import type { Caller } from '../../../kernel/caller.ts';
import { admitProperties } from '../../../kernel/admit-properties.ts';
import { AwsError } from '../../../kernel/aws-error.ts';
import { handlerErrorCode } from '../../../kernel/handler-error-code.ts';
import { resourceContext } from '../../../kernel/resource-context.ts';
import type {
  AnyResourceType,
  Properties,
  ResourceContext,
} from '../../../kernel/resource-type.ts';
import type { Platform } from '../../../kernel/service.ts';
import {
  isAwsResourceType,
  resourceSchema,
  type ResourceSchema,
} from '../../../models/resource-schema.ts';
import * as errors from '../errors.ts';

type Action = 'CREATE' | 'READ' | 'UPDATE' | 'DELETE' | 'LIST';

/** Resource types as Cloud Control's operations use them. */
export class Resources {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** @throws AwsError for a type that AWS does not have or that is not built */
  type(name: string, action: Action): AnyResourceType {
    const type = this.#platform.resourceType(name);
    if (!type)
      throw isAwsResourceType(name) ? errors.typeNotBuilt(name) : errors.typeNotFound(name);
    if (action === 'UPDATE' && !type.update) throw errors.unsupportedAction(name, action);
    return type;
  }

  context(
    caller: Caller,
    type: string,
    token: string,
    signal: AbortSignal = new AbortController().signal,
  ): ResourceContext {
    const nameStem = type.split('::').at(-1)!;
    const via = 'cloudcontrolapi.amazonaws.com';
    return resourceContext(this.#platform, { caller, via, token, nameStem, signal });
  }

  /** Properties as the type takes them. @throws AwsError naming everything that is wrong */
  admit(type: AnyResourceType, given: Properties): Properties {
    const admitted = admitProperties(type, given);
    if ('problems' in admitted) throw errors.invalidModel(admitted.problems);
    return admitted.properties;
  }

  /** Properties and attributes as they are now. @throws AwsError where there is none */
  async read(caller: Caller, type: AnyResourceType, identifier: string): Promise<Properties> {
    const token = this.#platform.ids.uuid();
    const model = await answered(type.name, token, () =>
      type.read(identifier, this.context(caller, type.name, token)),
    );
    if (!model) throw errors.handlerFailed(type.name, 'NotFound', '', token);
    return model as Properties;
  }

  /** The identifiers of all, sorted. */
  async list(caller: Caller, type: AnyResourceType): Promise<readonly string[]> {
    const token = this.#platform.ids.uuid();
    const identifiers = await answered(type.name, token, () =>
      type.list(this.context(caller, type.name, token)),
    );
    return identifiers.toSorted();
  }
}

/** The schema of a type that is built: every one has one. */
export function schemaOf({ name }: AnyResourceType): ResourceSchema {
  const schema = resourceSchema(name);
  if (!schema) throw new Error(`${name} has no schema`);
  return schema;
}

/** The identifier that properties give away; undefined where the service chooses a part of it. */
export function identifierIn(type: AnyResourceType, model: Properties): string | undefined {
  const parts = schemaOf(type).primaryIdentifier.map((name) => model[name] as string | undefined);
  return parts.every((part) => part !== undefined) ? parts.join('|') : undefined;
}

/** What an identifier says of its resource. */
export function identifying(type: AnyResourceType, identifier: string): Properties {
  const names = schemaOf(type).primaryIdentifier;
  const parts = names.length === 1 ? [identifier] : identifier.split('|');
  return Object.fromEntries(names.map((name, at) => [name, parts[at]]));
}

/** What is not built stays `NotImplemented`; any other refusal becomes a handler's failure. */
async function answered<T>(type: string, token: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === 'NotImplemented') throw error;
    throw errors.handlerFailed(type, handlerErrorCode(error), error.message, token);
  }
}
