import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** AWS let addresses go back only where they had come from. */
export const restoreAddressToClassic = operation(model.RestoreAddressToClassic, {
  async handle({ PublicIp }, { caller, networks }: Ec2Scope) {
    if (!PublicIp) throw errors.missingParameter('publicIp');
    const known = await networks.list('elastic-ip', caller);
    if (!known.some((each) => each.PublicIp === PublicIp)) {
      throw networkErrors.addressNotFound(PublicIp);
    }
    throw errors.notPermitted(`The address '${PublicIp}' was allocated for use in a VPC.`);
  },
});
