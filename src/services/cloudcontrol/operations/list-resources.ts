import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import { pageOf } from '../domain/pages.ts';
import { identifying } from '../domain/resources.ts';
import { onResources } from '../permissions.ts';
import { refuseUnbuiltInput } from '../refuse-unbuilt-input.ts';
import type { CloudControlScope } from '../scope.ts';

/** Each by what identifies it: AWS promises no more of a listed resource, GetResource tells the rest. */
export const listResources = operation(model.ListResources, {
  authorize: (_, { caller }: CloudControlScope) => onResources('ListResources', caller),
  async handle(input, { caller, resources }) {
    refuseUnbuiltInput(input);
    const type = resources.type(input.TypeName!, 'LIST');
    const { page, ...more } = pageOf(await resources.list(caller, type), input, (name) => name);
    return {
      TypeName: type.name,
      ResourceDescriptions: page.map((Identifier) => ({
        Identifier,
        Properties: JSON.stringify(identifying(type, Identifier)),
      })),
      ...more,
    };
  },
});
