import type { Compute } from '../../../../compute/compute.ts';
import { DRIVER_NAMES, type Driver } from '../../../../compute/driver.ts';
import * as errors from '../../errors.ts';

/** An instance that is launched with this tag has its machine of the compute driver that it names. */
const DRIVER_TAG = 'alacarte:driver';

/**
 * The driver that a launch asks for by a tag, else the cloud's own. What does not work here is refused
 * and never replaced.
 *
 * @throws InvalidParameterValue for a name that no driver has, UnsupportedOperation with the reason
 */
export async function chooseDriver(
  tags: Readonly<Record<string, string>>,
  compute: Compute,
): Promise<Driver> {
  const asked = tags[DRIVER_TAG];
  if (asked === undefined) return compute.driver;
  const name = DRIVER_NAMES.find((each) => each === asked);
  if (!name) {
    const expected = `Expected one of ${DRIVER_NAMES.join(', ')}.`;
    throw errors.invalidValue(asked, DRIVER_TAG, expected);
  }
  try {
    return await compute.usable(name);
  } catch (error) {
    throw errors.unsupported(`The tag ${DRIVER_TAG}: ${(error as Error).message}`);
  }
}
