import type { AnyOperation } from '../../kernel/operation.ts';
import { associateIamInstanceProfile } from './operations/associate-iam-instance-profile.ts';
import { describeIamInstanceProfileAssociations } from './operations/describe-iam-instance-profile-associations.ts';
import { disassociateIamInstanceProfile } from './operations/disassociate-iam-instance-profile.ts';
import { replaceIamInstanceProfileAssociation } from './operations/replace-iam-instance-profile-association.ts';
import type { Ec2Scope } from './scope.ts';

/** Which IAM instance profile an instance has. */
export const profileOperations: readonly AnyOperation<Ec2Scope>[] = [
  associateIamInstanceProfile,
  describeIamInstanceProfileAssociations,
  disassociateIamInstanceProfile,
  replaceIamInstanceProfileAssociation,
];
