import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onInstances } from '../domain/instances/named.ts';
import {
  changeAssociation,
  namedAssociation,
  wireAssociation,
} from '../domain/profiles/associations.ts';
import type { Ec2Scope } from '../scope.ts';

export const disassociateIamInstanceProfile = operation(model.DisassociateIamInstanceProfile, {
  authorize: (_, { caller }: Ec2Scope) =>
    onInstances('DisassociateIamInstanceProfile', [undefined], caller),
  async handle({ AssociationId }, scope) {
    const instance = await namedAssociation(AssociationId ?? '', scope);
    await changeAssociation(instance, undefined, scope);
    const { profile } = instance;
    return { IamInstanceProfileAssociation: wireAssociation(instance, profile, 'disassociating') };
  },
});
