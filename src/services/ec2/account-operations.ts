import type { AnyOperation } from '../../kernel/operation.ts';
import { createTags } from './operations/create-tags.ts';
import { deleteTags } from './operations/delete-tags.ts';
import { describeAccountAttributes } from './operations/describe-account-attributes.ts';
import { describeAvailabilityZones } from './operations/describe-availability-zones.ts';
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
import { modifyInstanceMetadataDefaults } from './operations/modify-instance-metadata-defaults.ts';
import type { Ec2Scope } from './scope.ts';

/** Where and as whom all of this is, what an account has set, and tags. */
export const accountOperations: readonly AnyOperation<Ec2Scope>[] = [
  createTags,
  deleteTags,
  describeAccountAttributes,
  describeAvailabilityZones,
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
  modifyInstanceMetadataDefaults,
];
