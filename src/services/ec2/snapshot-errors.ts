import { AwsError } from '../../kernel/aws-error.ts';

// Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html

export const snapshotInUse = (id: string, imageId: string) =>
  new AwsError('InvalidSnapshot.InUse', `The snapshot ${id} is currently in use by ${imageId}`);

export const snapshotNotCompleted = (id: string, state: string) =>
  new AwsError('IncorrectState', `The snapshot '${id}' is not 'completed', but '${state}'.`);

export const incorrectSnapshotState = (id: string, why: string) =>
  new AwsError('IncorrectState', `The snapshot '${id}' ${why}.`);

export const snapshotIsLocked = (id: string) =>
  new AwsError('OperationNotPermitted', `The snapshot '${id}' is locked and can't be deleted.`);

export const imageNameTaken = (name: string, imageId: string) =>
  new AwsError('InvalidAMIName.Duplicate', `AMI name ${name} is already in use by AMI ${imageId}`);

export const imageNameMalformed = () =>
  new AwsError(
    'InvalidAMIName.Malformed',
    'AMI names must be between 3 and 128 characters long, and may contain letters, numbers, ' +
      "'(', ')', '.', '-', '/', '_', '[', ']', '@', spaces and single quotes",
  );

export const imageUnavailable = (imageId: string) =>
  new AwsError('InvalidAMIID.Unavailable', `The image id '[${imageId}]' is no longer available`);

export const imageProtected = (imageId: string) =>
  new AwsError(
    'OperationNotPermitted',
    `The image '${imageId}' is protected from deregistration. Disable deregistration protection first.`,
  );

export const imageCoolsDown = (imageId: string, until: string) =>
  new AwsError(
    'OperationNotPermitted',
    `The image '${imageId}' is protected from deregistration until ${until}.`,
  );

export const imageNotShared = (imageId: string) =>
  new AwsError(
    'OperationNotPermitted',
    `The image '${imageId}' is not shared with this account by its ID.`,
  );

export const imageNotOwned = (imageId: string) =>
  new AwsError('AuthFailure', `Not authorized for image:${imageId}`, { status: 403 });

export const publicAccessBlocked = (what: 'snapshot' | 'image') =>
  new AwsError(
    'OperationNotPermitted',
    `You can't publicly share this ${what} because block public access is enabled for ${what}s in this Region.`,
  );
