import type { SecurityGroup, Vpc } from '@aws-sdk/client-ec2';
import { arnOf } from '../../../kernel/arn.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { set } from '../../../storage/records.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { checkGroupDescription, checkGroupName } from '../domain/security-groups/names.ts';
import { defaultEgress, newRules } from '../domain/security-groups/new-rules.ts';
import { onGroup } from '../domain/security-groups/permission.ts';
import { checkTaggedTypes, tagsFor, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import { realizeNetwork } from '../domain/data-plane/carried.ts';

/** A group that lets everything out and nothing in. */
export const createSecurityGroup = operation(model.CreateSecurityGroup, {
  authorize: (_, { caller }: Ec2Scope) => onGroup('CreateSecurityGroup', undefined, caller),
  async handle(input, scope) {
    realizeNetwork(scope);
    const { caller, ids, securityGroups, tags } = scope;
    const GroupName = checkGroupName(input.GroupName);
    const Description = checkGroupDescription(input.Description);
    const vpc = await chooseVpc(input.VpcId, scope);
    const { VpcId } = vpc;
    checkTaggedTypes(input.TagSpecifications, [kinds.securityGroup]);
    const given = tagsFor(caller, kinds.securityGroup, input.TagSpecifications);
    const GroupId = ids.resource('sg');
    const SecurityGroupArn = arnOf(caller, 'ec2', `security-group/${GroupId}`);
    const OwnerId = caller.account;
    const group: SecurityGroup = {
      ...{ GroupId, GroupName, Description, VpcId, OwnerId, SecurityGroupArn },
    };
    await securityGroups.add(caller, group, [
      ...newRules(defaultEgress(vpc), GroupId, caller, ids).map((rule) =>
        set(securityGroups.ruleAt(caller, rule.SecurityGroupRuleId), rule),
      ),
      ...tags.put(caller, kinds.securityGroup, GroupId, given),
    ]);
    return { GroupId, SecurityGroupArn, Tags: wireTags(given) };
  },
});

async function chooseVpc(id: string | undefined, { caller, networks }: Ec2Scope): Promise<Vpc> {
  if (id) {
    checkIds(kinds.vpc, [id]);
    const vpc = await networks.get('vpc', caller, id);
    if (!vpc) throw kinds.vpc.notFound([id]);
    return vpc;
  }
  const usual = (await networks.list('vpc', caller)).find((vpc) => vpc.IsDefault);
  if (!usual) throw errors.noDefaultVpc();
  return usual;
}
