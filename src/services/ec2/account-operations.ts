import type { AnyOperation } from '../../kernel/operation.ts';
import { createTags } from './operations/create-tags.ts';
import { deleteTags } from './operations/delete-tags.ts';
import { describeAccountAttributes } from './operations/describe-account-attributes.ts';
import { describeAggregateIdFormat } from './operations/describe-aggregate-id-format.ts';
import { describeAvailabilityZones } from './operations/describe-availability-zones.ts';
import { describeIdFormat } from './operations/describe-id-format.ts';
import { describeIdentityIdFormat } from './operations/describe-identity-id-format.ts';
import { describePrincipalIdFormat } from './operations/describe-principal-id-format.ts';
import { describeRegions } from './operations/describe-regions.ts';
import { describeTags } from './operations/describe-tags.ts';
import { disableEbsEncryptionByDefault } from './operations/disable-ebs-encryption-by-default.ts';
import { disableImageBlockPublicAccess } from './operations/disable-image-block-public-access.ts';
import { disableSerialConsoleAccess } from './operations/disable-serial-console-access.ts';
import { disableSnapshotBlockPublicAccess } from './operations/disable-snapshot-block-public-access.ts';
import { enableEbsEncryptionByDefault } from './operations/enable-ebs-encryption-by-default.ts';
import { enableImageBlockPublicAccess } from './operations/enable-image-block-public-access.ts';
import { enableSerialConsoleAccess } from './operations/enable-serial-console-access.ts';
import { enableSnapshotBlockPublicAccess } from './operations/enable-snapshot-block-public-access.ts';
import { getEbsEncryptionByDefault } from './operations/get-ebs-encryption-by-default.ts';
import { getImageBlockPublicAccessState } from './operations/get-image-block-public-access-state.ts';
import { getInstanceMetadataDefaults } from './operations/get-instance-metadata-defaults.ts';
import { getSerialConsoleAccessStatus } from './operations/get-serial-console-access-status.ts';
import { getSnapshotBlockPublicAccessState } from './operations/get-snapshot-block-public-access-state.ts';
import { modifyAvailabilityZoneGroup } from './operations/modify-availability-zone-group.ts';
import { modifyIdFormat } from './operations/modify-id-format.ts';
import { modifyIdentityIdFormat } from './operations/modify-identity-id-format.ts';
import { modifyInstanceMetadataDefaults } from './operations/modify-instance-metadata-defaults.ts';
import type { Ec2Scope } from './scope.ts';

/** Where and as whom all of this is, what an account has set, and tags. */
export const accountOperations: readonly AnyOperation<Ec2Scope>[] = [
  createTags,
  deleteTags,
  describeAccountAttributes,
  describeAggregateIdFormat,
  describeAvailabilityZones,
  describeIdFormat,
  describeIdentityIdFormat,
  describePrincipalIdFormat,
  describeRegions,
  describeTags,
  disableEbsEncryptionByDefault,
  disableImageBlockPublicAccess,
  disableSerialConsoleAccess,
  disableSnapshotBlockPublicAccess,
  enableEbsEncryptionByDefault,
  enableImageBlockPublicAccess,
  enableSerialConsoleAccess,
  enableSnapshotBlockPublicAccess,
  getEbsEncryptionByDefault,
  getImageBlockPublicAccessState,
  getInstanceMetadataDefaults,
  getSerialConsoleAccessStatus,
  getSnapshotBlockPublicAccessState,
  modifyAvailabilityZoneGroup,
  modifyIdFormat,
  modifyIdentityIdFormat,
  modifyInstanceMetadataDefaults,
];
