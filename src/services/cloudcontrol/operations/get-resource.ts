import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import * as errors from '../errors.ts';
import type { CloudControlScope } from '../scope.ts';

export const getResource = operation(model.GetResource, {
  async handle(input, { caller, types, reading }: CloudControlScope) {
    const { Identifier = '' } = input;
    const type = types.get(input);
    const standing = await type.read(Identifier, reading(caller, type.name));
    if (!standing) throw errors.resourceNotFound(type.name, Identifier);
    return {
      TypeName: type.name,
      ResourceDescription: { Identifier, Properties: JSON.stringify(standing) },
    };
  },
});
