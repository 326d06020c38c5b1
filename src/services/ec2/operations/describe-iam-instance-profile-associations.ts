import type { IamInstanceProfileAssociation } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { hasProfile, wireAssociation } from '../domain/profiles/associations.ts';
import { select } from '../domain/select.ts';
import * as profileErrors from '../profile-errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<IamInstanceProfileAssociation> = {
  'instance-id': (association) => association.InstanceId,
  state: (association) => association.State,
};

export const describeIamInstanceProfileAssociations = operation(
  model.DescribeIamInstanceProfileAssociations,
  {
    async handle(input, { caller, instances }: Ec2Scope) {
      const all = (await instances.list(caller))
        .filter(hasProfile)
        .map((instance) => wireAssociation(instance, instance.profile, 'associated'));
      const { found, NextToken } = select(named(all, input.AssociationIds), input, {
        id: (association) => association.AssociationId,
        filters,
      });
      return { IamInstanceProfileAssociations: found, NextToken };
    },
  },
);

function named(
  all: readonly IamInstanceProfileAssociation[],
  ids: readonly string[] = [],
): readonly IamInstanceProfileAssociation[] {
  if (ids.length === 0) return all;
  const there = new Set(all.map(({ AssociationId }) => AssociationId));
  const missing = ids.filter((id) => !there.has(id));
  if (missing.length > 0) throw profileErrors.noSuchAssociation(missing);
  return all.filter(({ AssociationId = '' }) => ids.includes(AssociationId));
}
