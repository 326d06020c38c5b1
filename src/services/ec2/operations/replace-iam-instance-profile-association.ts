import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onInstances } from '../domain/instances/named.ts';
import {
  changeAssociation,
  namedAssociation,
  newAssociation,
  wireAssociation,
} from '../domain/profiles/associations.ts';
import { requiredProfileArn } from '../domain/profiles/profile.ts';
import type { Ec2Scope } from '../scope.ts';

export const replaceIamInstanceProfileAssociation = operation(
  model.ReplaceIamInstanceProfileAssociation,
  {
    authorize: (_, { caller }: Ec2Scope) =>
      onInstances('ReplaceIamInstanceProfileAssociation', [undefined], caller),
    async handle({ AssociationId, IamInstanceProfile }, scope) {
      const arn = requiredProfileArn(IamInstanceProfile, scope.caller);
      const instance = await namedAssociation(AssociationId ?? '', scope);
      const profile = newAssociation(arn, scope);
      await changeAssociation(instance, profile, scope);
      return { IamInstanceProfileAssociation: wireAssociation(instance, profile, 'associating') };
    },
  },
);
