import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import { page } from '../domain/pages.ts';
import { identifying } from '../domain/resource-types.ts';
import * as errors from '../errors.ts';
import type { CloudControlScope } from '../scope.ts';

/** Names the resources; as on AWS, GetResource tells of the rest. */
export const listResources = operation(model.ListResources, {
  async handle(input, { caller, types, reading }: CloudControlScope) {
    if (input.ResourceModel !== undefined) throw errors.notBuilt('ListResources by ResourceModel');
    const type = types.get(input);
    const identifiers = await type.list(reading(caller, type.name));
    const { items, NextToken } = page(identifiers, input);
    return {
      TypeName: type.name,
      ResourceDescriptions: items.map((Identifier) => ({
        Identifier,
        Properties: JSON.stringify(identifying(type, Identifier)),
      })),
      NextToken,
    };
  },
});
