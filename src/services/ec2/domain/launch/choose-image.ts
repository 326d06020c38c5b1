import type { Driver } from '../../../../compute/driver.ts';
import type { Caller } from '../../../../kernel/caller.ts';
import type { Platform } from '../../../../kernel/service.ts';
import { AwsError } from '../../../../kernel/aws-error.ts';
import * as ssm from '../../../../models/generated/ssm.ts';
import * as errors from '../../errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { imageUnavailable } from '../../snapshot-errors.ts';
import type { AccountSettings } from '../account-settings.ts';
import { isHidden } from '../images/allowed-images.ts';
import type { RegionalImage } from '../images/images.ts';
import type { OwnImages } from '../images/own-images.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import { checkRestored } from '../snapshots/tier.ts';

const BY_PARAMETER = 'resolve:ssm:';

/**
 * The image that a launch names, by its ID or by `resolve:ssm:<parameter>`.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-systems-manager-parameter-to-find-AMI.html
 *
 * @throws MissingParameter, InvalidAMIID.Malformed, InvalidAMIID.NotFound, InvalidAMIID.Unavailable
 */
export async function chooseImage(
  caller: Caller,
  invoke: Platform['invoke'],
  given: string | undefined,
  images: OwnImages,
): Promise<RegionalImage> {
  if (!given) throw errors.missingParameter('ImageId');
  const imageId = given.startsWith(BY_PARAMETER)
    ? await byParameter(caller, invoke, given.slice(BY_PARAMETER.length))
    : given;
  checkIds(kinds.image, [imageId]);
  const found = await images.find(caller, imageId);
  if (!found) throw kinds.image.notFound([imageId]);
  if (found.image.State !== 'available') throw imageUnavailable(imageId);
  return found;
}

/**
 * Refuses an image that the account's criteria hide from it, and one whose root disk is archived.
 *
 * @throws InvalidAMIID.NotFound, IncorrectState
 */
export async function checkLaunchable(
  { image, root }: RegionalImage,
  { allowedImages }: AccountSettings,
  { caller, clock, snapshots }: Pick<Ec2Scope, 'caller' | 'clock' | 'snapshots'>,
): Promise<void> {
  if (isHidden(image, caller.account, allowedImages, clock.now())) {
    throw kinds.image.notFound([image.ImageId]);
  }
  if (!root) return;
  const owner = { account: image.OwnerId ?? '', region: caller.region };
  const snapshot = await snapshots.get({ ...owner, id: root.snapshotId });
  if (snapshot) checkRestored(snapshot, clock.now());
}

/**
 * Refuses an image that the driver has nothing to boot for, and cannot get it.
 *
 * @throws UnsupportedOperation
 */
export async function checkBootable({ entry, root }: RegionalImage, driver: Driver): Promise<void> {
  if (driver.realization === 'mock') return;
  if (root && root.copy !== driver.rootCopies) {
    throw errors.unsupported(
      `The image ${entry.name} was made with another compute driver than ${driver.name}, which cannot start from its root disk.`,
    );
  }
  const obstacle = await driver.whyNotBootable(entry.key);
  if (obstacle === undefined) return;
  throw errors.unsupported(
    `The ${driver.name} driver cannot boot the image ${entry.name}. ${obstacle} ` +
      '`alacarte images` lists what boots; with --compute mock any image can be launched.',
  );
}

async function byParameter(
  caller: Caller,
  invoke: Platform['invoke'],
  name: string,
): Promise<string> {
  try {
    const { Parameter } = await invoke(caller, ssm.GetParameter, { Name: name });
    return Parameter?.Value ?? '';
  } catch (error) {
    if (!(error instanceof AwsError) || error.fault === 'server') throw error;
    throw errors.invalidParameter(
      `Unable to resolve the SSM parameter '${name}': ${error.message || error.code}`,
    );
  }
}
