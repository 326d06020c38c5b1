import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import { progressEvent } from '../domain/request.ts';
import { onResources } from '../permissions.ts';
import { refuseUnbuiltInput } from '../refuse-unbuilt-input.ts';
import type { CloudControlScope } from '../scope.ts';

export const deleteResource = operation(model.DeleteResource, {
  authorize: (_, { caller }: CloudControlScope) => onResources('DeleteResource', caller),
  async handle(input, { caller, resources, requests }) {
    refuseUnbuiltInput(input);
    const type = resources.type(input.TypeName!, 'DELETE').name;
    const identifier = input.Identifier!;
    const repeated = await requests.repeated(caller, input);
    const request =
      repeated ?? (await requests.place({ caller, operation: 'DELETE', type, identifier }, input));
    return { ProgressEvent: progressEvent(request) };
  },
});
