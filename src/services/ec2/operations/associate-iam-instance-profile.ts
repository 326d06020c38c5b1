import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import { newAssociation, wireAssociation } from '../domain/profiles/associations.ts';
import { requiredProfileArn } from '../domain/profiles/profile.ts';
import * as profileErrors from '../profile-errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const associateIamInstanceProfile = operation(model.AssociateIamInstanceProfile, {
  authorize: ({ InstanceId }, { caller }: Ec2Scope) =>
    onInstances('AssociateIamInstanceProfile', [InstanceId], caller),
  async handle({ InstanceId, IamInstanceProfile }, scope) {
    const profile = newAssociation(requiredProfileArn(IamInstanceProfile, scope.caller), scope);
    const named = await namedInstance(InstanceId, scope);
    await scope.instances.update(named, (instance) => {
      if (instance.state === 'terminated' || instance.state === 'shutting-down') {
        throw profileErrors.cannotBeAssociated(instance.id);
      }
      if (instance.profile) throw profileErrors.associationExists(instance.id);
      return { ...instance, profile };
    });
    return { IamInstanceProfileAssociation: wireAssociation(named, profile, 'associating') };
  },
});
