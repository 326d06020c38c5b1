import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import { parseProperties } from '../domain/model-text.ts';
import { progressEvent } from '../domain/request.ts';
import { identifierIn } from '../domain/resources.ts';
import { onResources } from '../permissions.ts';
import { refuseUnbuiltInput } from '../refuse-unbuilt-input.ts';
import type { CloudControlScope } from '../scope.ts';

export const createResource = operation(model.CreateResource, {
  authorize: (_, { caller }: CloudControlScope) => onResources('CreateResource', caller),
  async handle(input, { caller, resources, requests }) {
    refuseUnbuiltInput(input);
    const type = resources.type(input.TypeName!, 'CREATE');
    const repeated = await requests.repeated(caller, input);
    if (repeated) return { ProgressEvent: progressEvent(repeated) };
    const desired = resources.admit(type, parseProperties('DesiredState', input.DesiredState!));
    const identifier = identifierIn(type, desired);
    const placed = await requests.place(
      {
        ...{ caller, operation: 'CREATE', type: type.name, desired },
        ...(identifier !== undefined && { identifier }),
      },
      input,
    );
    return { ProgressEvent: progressEvent(placed) };
  },
});
