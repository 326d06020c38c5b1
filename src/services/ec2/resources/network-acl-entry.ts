import type { NetworkAclEntry as WireEntry, RuleAction } from '@aws-sdk/client-ec2';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isRefusal, unless } from './refusals.ts';

type Entry = ResourceModels['AWS::EC2::NetworkAclEntry'];

/** The last rule of every ACL, which nobody sets. */
const LAST_RULE = 32_767;

export const networkAclEntry = resourceType('AWS::EC2::NetworkAclEntry', {
  properties: [
    ...(['CidrBlock', 'Egress', 'Icmp', 'Ipv6CidrBlock', 'NetworkAclId', 'PortRange'] as const),
    ...(['Protocol', 'RuleAction', 'RuleNumber'] as const),
  ],

  async create(desired, context) {
    const id = idOf(desired);
    try {
      await context.invoke(model.CreateNetworkAclEntry, wire(desired));
    } catch (error) {
      // An earlier attempt may have come as far as this: then the same rule is there.
      const isTaken = isRefusal(error, 'NetworkAclEntryAlreadyExists');
      const standing = isTaken ? await find(id, context) : undefined;
      if (!standing || !isSame(standing, desired)) throw error;
    }
    return id;
  },

  async read(id, context) {
    const found = await find(id, context);
    return found && shown(id, found);
  },

  async update(_, desired, __, { invoke }) {
    await invoke(model.ReplaceNetworkAclEntry, wire(desired));
  },

  async delete(id, { invoke }) {
    const answer = invoke(model.DeleteNetworkAclEntry, keyOf(id));
    const gone = unless('InvalidNetworkAclEntry.NotFound', answer);
    await unless('InvalidNetworkAclID.NotFound', gone);
  },

  async list({ invoke }) {
    const { NetworkAcls = [] } = await invoke(model.DescribeNetworkAcls, {});
    return NetworkAcls.flatMap(({ NetworkAclId, Entries = [] }) =>
      Entries.filter(({ RuleNumber }) => RuleNumber !== LAST_RULE).map(({ RuleNumber, Egress }) =>
        idOf({ NetworkAclId: NetworkAclId!, RuleNumber: RuleNumber!, Egress: Egress! }),
      ),
    );
  },
});

function idOf({
  NetworkAclId,
  RuleNumber,
  Egress = false,
}: Pick<Entry, 'NetworkAclId' | 'RuleNumber' | 'Egress'>): string {
  return `${NetworkAclId}|${RuleNumber}|${Egress}`;
}

function keyOf(id: string) {
  const [NetworkAclId = '', number, egress] = id.split('|');
  return { NetworkAclId, RuleNumber: Number(number), Egress: egress === 'true' };
}

function wire({ Icmp, Protocol, RuleAction: action, Egress = false, ...entry }: Entry) {
  return {
    ...{ ...entry, Egress, Protocol: String(Protocol), RuleAction: action as RuleAction },
    ...(Icmp && { IcmpTypeCode: Icmp }),
  };
}

async function find(id: string, { invoke }: ResourceContext): Promise<WireEntry | undefined> {
  const { NetworkAclId, RuleNumber, Egress } = keyOf(id);
  const answer = invoke(model.DescribeNetworkAcls, { NetworkAclIds: [NetworkAclId] });
  const acl = (await unless('InvalidNetworkAclID.NotFound', answer))?.NetworkAcls?.[0];
  return acl?.Entries?.find((each) => each.RuleNumber === RuleNumber && each.Egress === Egress);
}

function shown(id: string, found: WireEntry): Entry {
  const { CidrBlock, Ipv6CidrBlock, IcmpTypeCode, PortRange } = found;
  return {
    ...{ Id: id, ...keyOf(id) },
    Protocol: Number(found.Protocol),
    RuleAction: found.RuleAction!,
    ...(CidrBlock !== undefined && { CidrBlock }),
    ...(Ipv6CidrBlock !== undefined && { Ipv6CidrBlock }),
    ...(IcmpTypeCode && { Icmp: { Code: IcmpTypeCode.Code!, Type: IcmpTypeCode.Type! } }),
    ...(PortRange && { PortRange: { From: PortRange.From!, To: PortRange.To! } }),
  };
}

function isSame(found: WireEntry, desired: Entry): boolean {
  return (
    found.CidrBlock === desired.CidrBlock &&
    found.Ipv6CidrBlock === desired.Ipv6CidrBlock &&
    Number(found.Protocol) === desired.Protocol &&
    found.RuleAction === desired.RuleAction &&
    found.PortRange?.From === desired.PortRange?.From &&
    found.PortRange?.To === desired.PortRange?.To
  );
}
