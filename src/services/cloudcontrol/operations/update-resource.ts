import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import { patch } from '../domain/patch.ts';
import { progressEvent } from '../domain/request.ts';
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
    const standing = await resources.read(caller, type, identifier);
    const { previous, desired } = await patch(type, standing, input.PatchDocument!);
    const placed = await requests.place(
      { caller, operation: 'UPDATE', type: type.name, identifier, desired, previous },
      input,
    );
    return { ProgressEvent: progressEvent(placed) };
  },
});
