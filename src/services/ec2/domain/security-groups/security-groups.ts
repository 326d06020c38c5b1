import type { SecurityGroup, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { Changes, Engine, Write } from '../../../../storage/engine.ts';
import { Records, clear, set, transact } from '../../../../storage/records.ts';
import * as errors from '../../errors.ts';
import type { Networks, SecurityGroupRecord } from '../network/networks.ts';
import type { Place } from '../place.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import { revised } from './put-to-use.ts';

/** A group changed between reading and writing it. */
class GroupChanged extends Error {}

const ATTEMPTS = 50;

/** Security groups and their rules. A group's rules change one request after the other. */
export class SecurityGroups {
  readonly #store: Engine;
  readonly #networks: Networks;
  readonly #names: Records<{ readonly groupId: string }>;

  constructor(store: Engine, networks: Networks) {
    this.#store = store;
    this.#networks = networks;
    this.#names = new Records(store, 'ec2', 'security-group-name');
  }

  /**
   * The group that a request names: by ID, or by its name in the default VPC.
   *
   * @throws MissingParameter, InvalidGroupId.Malformed, InvalidGroup.NotFound
   */
  async named(
    place: Place,
    { GroupId, GroupName }: { GroupId?: string | undefined; GroupName?: string | undefined },
  ): Promise<SecurityGroupRecord & { readonly GroupId: string }> {
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
   * @throws InvalidGroup.Duplicate
   */
  async add(place: Place, group: SecurityGroup, writes: readonly Write[]): Promise<void> {
    const { GroupId = '', GroupName = '', VpcId = '' } = group;
    const name = this.#names.at(place.account, place.region, VpcId, GroupName);
    await transact(this.#store, [name], (taken) => {
      if (taken) throw errors.groupExists(GroupName, VpcId);
      const own = [
        set(name, { groupId: GroupId }),
        set(this.#networks.at('security-group', place, GroupId), group),
      ];
      return { writes: [...own, ...writes], result: undefined };
    });
  }

  /**
   * Removes a group with its rules; `clearTags` clears those of the group and of each rule.
   *
   * @param check throws where it is in use; asked again where the group changed meanwhile
   */
  remove(
    place: Place,
    group: SecurityGroupRecord & { readonly GroupId: string },
    clearTags: (id: string) => Write,
    check: () => Promise<void>,
  ): Promise<void> {
    const { GroupId, GroupName = '', VpcId = '' } = group;
    const name = this.#names.at(place.account, place.region, VpcId, GroupName);
    const removal = (rules: readonly SecurityGroupRule[]) => ({
      writes: [
        clear(name),
        clear(this.#networks.at('security-group', place, GroupId)),
        clearTags(GroupId),
        ...rules.flatMap(({ SecurityGroupRuleId = '' }) => [
          clear(this.#networks.at('security-group-rule', place, SecurityGroupRuleId)),
          clearTags(SecurityGroupRuleId),
        ]),
      ],
      result: undefined,
    });
    return this.#changing(place, GroupId, removal, check);
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
    return this.#changing(place, groupId, (rules, group) => {
      const { writes, result } = change(rules);
      const slot = this.#networks.at('security-group', place, groupId);
      return { writes: [...writes, set(slot, revised(group))], result };
    });
  }

  ruleAt(place: Place, id: string) {
    return this.#networks.at('security-group-rule', place, id);
  }

  async #changing<Result>(
    place: Place,
    groupId: string,
    change: (rules: readonly SecurityGroupRule[], group: SecurityGroupRecord) => Changes<Result>,
    check: () => Promise<void> = () => Promise.resolve(),
  ): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      const before = await this.#networks.get('security-group', place, groupId);
      if (!before) throw kinds.securityGroup.notFound([groupId]);
      const all = await this.#networks.list('security-group-rule', place);
      const rules = all.filter((rule) => rule.GroupId === groupId);
      await check();
      const slot = this.#networks.at('security-group', place, groupId);
      try {
        return await transact(this.#store, [slot], (group) => {
          if (group?.revision !== before.revision || !group) throw new GroupChanged();
          return change(rules, group);
        });
      } catch (error) {
        if (!(error instanceof GroupChanged) || attempt === ATTEMPTS) throw error;
      }
    }
  }
}
