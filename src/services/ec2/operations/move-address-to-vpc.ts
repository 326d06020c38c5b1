import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Every address is of VPCs already. */
export const moveAddressToVpc = operation(model.MoveAddressToVpc, {
  async handle({ PublicIp }, { caller, networks }: Ec2Scope) {
    if (!PublicIp) throw errors.missingParameter('publicIp');
    const known = await networks.list('elastic-ip', caller);
    if (!known.some((each) => each.PublicIp === PublicIp)) {
      throw networkErrors.addressNotFound(PublicIp);
    }
    throw errors.notPermitted(
      `The address '${PublicIp}' is in a VPC already: EC2-Classic has been retired.`,
    );
  },
});
