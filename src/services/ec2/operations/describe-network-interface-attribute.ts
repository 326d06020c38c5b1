import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { allInterfaces } from '../domain/interfaces/list.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const describeNetworkInterfaceAttribute = operation(
  model.DescribeNetworkInterfaceAttribute,
  {
    recorded: true,
    authorize: (input, { caller }: Ec2Scope) =>
      onResource(
        'DescribeNetworkInterfaceAttribute',
        kinds.networkInterface,
        input.NetworkInterfaceId,
        caller,
      ),
    async handle({ NetworkInterfaceId, Attribute }, scope) {
      if (!NetworkInterfaceId) throw errors.missingParameter('networkInterfaceId');
      checkIds(kinds.networkInterface, [NetworkInterfaceId]);
      const all = await allInterfaces(scope);
      const card = all.find((each) => each.NetworkInterfaceId === NetworkInterfaceId);
      if (!card) throw kinds.networkInterface.notFound([NetworkInterfaceId]);
      switch (Attribute) {
        case 'attachment':
          return { NetworkInterfaceId, Attachment: card.Attachment };
        case 'description':
          return { NetworkInterfaceId, Description: { Value: card.Description } };
        case 'groupSet':
          return { NetworkInterfaceId, Groups: card.Groups };
        case 'sourceDestCheck':
          return { NetworkInterfaceId, SourceDestCheck: { Value: card.SourceDestCheck } };
        case 'associatePublicIpAddress':
          throw errors.unsupported('Alacarte does not keep associatePublicIpAddress yet.');
        case undefined:
          throw errors.missingParameter('attribute');
        default:
          throw errors.invalidValue(Attribute, 'attribute', 'Unknown attribute.');
      }
    },
  },
);
