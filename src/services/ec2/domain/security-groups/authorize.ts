import type { TagSpecification } from '@aws-sdk/client-ec2';
import { set } from '../../../../storage/records.ts';
import type { Ec2Scope } from '../../scope.ts';
import { kinds } from '../resource-kinds.ts';
import { checkTaggedTypes, tagsFor, wireTags } from '../tags.ts';
import { checkDistinct, checkRoom, newRules } from './new-rules.ts';
import { requestedRules, surroundingsOf, type RulesRequest } from './requested-rules.ts';
import { realizeNetwork } from '../data-plane/carried.ts';

interface Request extends RulesRequest {
  readonly GroupId?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly TagSpecifications?: TagSpecification[] | undefined;
}

/** Adds rules to a group: all that a request names, or none. */
export async function authorizeRules(input: Request, isEgress: boolean, scope: Ec2Scope) {
  realizeNetwork(scope);
  const { caller, ids, securityGroups, tags } = scope;
  const group = await securityGroups.named(caller, input);
  const around = await surroundingsOf(group, scope);
  const specs = requestedRules(input, isEgress, around);
  checkDistinct(specs);
  checkTaggedTypes(input.TagSpecifications, [kinds.securityGroupRule]);
  const ruleTags = tagsFor(caller, kinds.securityGroupRule, input.TagSpecifications);
  const rules = newRules(specs, group.GroupId, caller, ids);
  await securityGroups.changeRules(caller, group.GroupId, (present) => {
    checkRoom(specs, present);
    const writes = rules.flatMap((rule) => [
      set(securityGroups.ruleAt(caller, rule.SecurityGroupRuleId), rule),
      ...tags.put(caller, kinds.securityGroupRule, rule.SecurityGroupRuleId, ruleTags),
    ]);
    return { writes, result: undefined };
  });
  const Tags = wireTags(ruleTags);
  return { Return: true, SecurityGroupRules: rules.map((rule) => ({ ...rule, Tags })) };
}
