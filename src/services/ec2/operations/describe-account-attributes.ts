import type { AccountAttribute, AccountAttributeName } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const describeAccountAttributes = operation(model.DescribeAccountAttributes, {
  async handle(input, scope: Ec2Scope) {
    // Nothing counts what these limits are limits of.
    scope.realize('recorded');
    const { caller, networks } = scope;
    const vpcs = await networks.list('vpc', caller);
    const values: Record<AccountAttributeName | (string & {}), string[]> = {
      'supported-platforms': ['VPC'],
      'default-vpc': [vpcs.find((vpc) => vpc.IsDefault)?.VpcId ?? 'none'],
      // AWS's defaults of a new account.
      'max-instances': ['20'],
      'vpc-max-security-groups-per-interface': ['5'],
      'max-elastic-ips': ['5'],
      'vpc-max-elastic-ips': ['5'],
    };
    const names: string[] = input.AttributeNames?.length
      ? input.AttributeNames
      : Object.keys(values);
    return {
      AccountAttributes: names.map((name): AccountAttribute => {
        const held = Object.hasOwn(values, name) ? values[name] : undefined;
        if (!held) throw errors.invalidParameter(`Invalid attribute name: ${name}`);
        return {
          AttributeName: name,
          AttributeValues: held.map((AttributeValue) => ({ AttributeValue })),
        };
      }),
    };
  },
});
