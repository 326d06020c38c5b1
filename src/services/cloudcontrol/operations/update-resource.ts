import { operation } from '../../../kernel/operation.ts';
import type { AnyResourceType, Properties } from '../../../kernel/resource-type.ts';
import { changes } from '../../../models/changes.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import { applyPatch, PatchError } from '../domain/json-patch.ts';
import { parseJson } from '../domain/model-text.ts';
import { progressEvent } from '../domain/request.ts';
import { schemaOf } from '../domain/resources.ts';
import * as errors from '../errors.ts';
import { onResources } from '../permissions.ts';
import { refuseUnbuiltInput } from '../refuse-unbuilt-input.ts';
import type { CloudControlScope } from '../scope.ts';

/** The patch applies to the properties as they are, and may not change those that only creation sets. */
export const updateResource = operation(model.UpdateResource, {
  authorize: (_, { caller }: CloudControlScope) => onResources('UpdateResource', caller),
  async handle(input, { caller, resources, requests }) {
    refuseUnbuiltInput(input);
    const type = resources.type(input.TypeName!, 'UPDATE');
    const identifier = input.Identifier!;
    const repeated = await requests.repeated(caller, input);
    if (repeated) return { ProgressEvent: progressEvent(repeated) };
    const patch = parseJson('PatchDocument', input.PatchDocument!);
    const previous = settable(type, await resources.read(caller, type, identifier));
    const desired = resources.admit(type, patched(previous, patch));
    const createOnly = replacing(type, previous, desired);
    if (createOnly.length > 0) throw errors.notUpdatable(createOnly);
    const placed = await requests.place(
      { caller, operation: 'UPDATE', type: type.name, identifier, desired, previous },
      input,
    );
    return { ProgressEvent: progressEvent(placed) };
  },
});

/** Without what only the service sets. */
function settable(type: AnyResourceType, found: Properties): Properties {
  const { properties } = schemaOf(type);
  return Object.fromEntries(Object.entries(found).filter(([name]) => name in properties));
}

function patched(previous: Properties, patch: unknown): Properties {
  try {
    const result = applyPatch(previous, patch);
    if (typeof result === 'object' && result && !Array.isArray(result)) return result as Properties;
    throw new PatchError('What remains is not a JSON object.');
  } catch (error) {
    throw error instanceof PatchError ? errors.invalidPatch(error.message) : error;
  }
}

function replacing(type: AnyResourceType, previous: Properties, desired: Properties): string[] {
  return changes(schemaOf(type), previous, desired)
    .filter(
      ({ property, replaces }) =>
        replaces === 'yes' ||
        (replaces === 'maybe' && (type.replaces?.(property, desired, previous) ?? false)),
    )
    .map(({ property }) => property);
}
