import type { MovingAddressStatus } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { select } from '../domain/select.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<MovingAddressStatus> = { 'moving-status': (each) => each.MoveStatus };

/** EC2-Classic is no more, so nothing moves between it and VPCs. */
export const describeMovingAddresses = operation(model.DescribeMovingAddresses, {
  async handle(input, { caller, networks }: Ec2Scope) {
    const known = await networks.list('elastic-ip', caller);
    const missing = input.PublicIps?.find((ip) => !known.some(({ PublicIp }) => PublicIp === ip));
    if (missing !== undefined) throw networkErrors.addressNotFound(missing);
    const none: MovingAddressStatus[] = [];
    const { found, NextToken } = select(none, input, { id: ({ PublicIp }) => PublicIp, filters });
    return { MovingAddressStatuses: found, NextToken };
  },
});
