import type { SecurityGroup, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { Changes, Write } from '../../../../storage/engine.ts';
import * as errors from '../../errors.ts';
import type { Networks } from '../network/networks.ts';
import type { Place } from '../place.ts';
import { checkIds, kinds } from '../resource-kinds.ts';

type NamedGroup = SecurityGroup & { readonly GroupId: string };

/** Security groups and their rules. */
export class SecurityGroups {
  readonly #networks: Networks;

  constructor(networks: Networks) {
    this.#networks = networks;
  }

  /**
   * The group that a request names: by ID, or by its name in the default VPC.
   *
   * @throws MissingParameter, InvalidGroupId.Malformed, InvalidGroup.NotFound
   */
  async named(
    place: Place,
    { GroupId, GroupName }: { GroupId?: string | undefined; GroupName?: string | undefined },
  ): Promise<NamedGroup> {
    if (!GroupId && !GroupName) throw errors.missingParameter('GroupId or GroupName');
    if (GroupId) checkIds(kinds.securityGroup, [GroupId]);
    const groups = await this.#networks.list('security-group', place);
    const vpcs = await this.#networks.list('vpc', place);
    const vpcId = vpcs.find((vpc) => vpc.IsDefault)?.VpcId ?? 'none';
    const found = groups.find((group) =>
      GroupId ? group.GroupId === GroupId : group.GroupName === GroupName && group.VpcId === vpcId,
    );
    if (found?.GroupId) return { ...found, GroupId: found.GroupId };
    throw GroupId
      ? kinds.securityGroup.notFound([GroupId])
      : errors.groupNameNotFound(GroupName!, vpcId);
  }

  /**
   * @param writes what else belongs to it: rules and tags
   * @throws InvalidGroup.Duplicate, InvalidVpcID.NotFound
   */
  async add(place: Place, group: SecurityGroup, writes: readonly Write[]): Promise<void> {
    const { GroupName = '', VpcId = '' } = group;
    await this.#networks.change(place, async (draft) => {
      await draft.find('vpc', VpcId);
      const others = await draft.inVpc('security-group', VpcId);
      if (others.some((other) => other.GroupName === GroupName)) {
        throw errors.groupExists(GroupName, VpcId);
      }
      draft.put('security-group', group);
      draft.write(...writes);
    });
  }

  /**
   * Removes a group with its rules.
   *
   * @param check throws where it is in use; asked again where somebody used it meanwhile
   */
  async remove(place: Place, { GroupId }: NamedGroup, check: () => Promise<void>): Promise<void> {
    await this.#networks.change(place, async (draft) => {
      await draft.take('security-group', GroupId);
      await check();
      draft.remove('security-group', GroupId);
      for (const rule of await draft.list('security-group-rule')) {
        if (rule.GroupId !== GroupId || !rule.SecurityGroupRuleId) continue;
        draft.remove('security-group-rule', rule.SecurityGroupRuleId);
      }
    });
  }

  /**
   * Changes rules of a group in one durable step, none where `change` throws.
   *
   * @param change of its rules as they are; a pure function that may run again
   */
  changeRules<Result>(
    place: Place,
    groupId: string,
    change: (rules: readonly SecurityGroupRule[]) => Changes<Result>,
  ): Promise<Result> {
    return this.#networks.change(place, async (draft) => {
      await draft.find('security-group', groupId);
      const all = await draft.list('security-group-rule');
      const { writes, result } = change(all.filter((rule) => rule.GroupId === groupId));
      draft.write(...writes);
      return result;
    });
  }

  ruleAt(place: Place, id: string) {
    return this.#networks.at('security-group-rule', place, id);
  }
}
