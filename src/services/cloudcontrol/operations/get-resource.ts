import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import { onResources } from '../permissions.ts';
import { refuseUnbuiltInput } from '../refuse-unbuilt-input.ts';
import type { CloudControlScope } from '../scope.ts';

export const getResource = operation(model.GetResource, {
  authorize: (_, { caller }: CloudControlScope) => onResources('GetResource', caller),
  async handle(input, { caller, resources }) {
    refuseUnbuiltInput(input);
    const type = resources.type(input.TypeName!, 'READ');
    const found = await resources.read(caller, type, input.Identifier!);
    return {
      TypeName: type.name,
      ResourceDescription: { Identifier: input.Identifier, Properties: JSON.stringify(found) },
    };
  },
});
