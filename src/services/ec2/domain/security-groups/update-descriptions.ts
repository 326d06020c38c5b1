import type { SecurityGroupRuleDescription } from '@aws-sdk/client-ec2';
import { set } from '../../../../storage/records.ts';
import * as errors from '../../errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import { requestedRules, surroundingsOf, type RulesRequest } from './requested-rules.ts';
import { checkDescription, identityOf } from './rule.ts';

interface Request extends RulesRequest {
  readonly GroupId?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly SecurityGroupRuleDescriptions?: readonly SecurityGroupRuleDescription[] | undefined;
}

/** Overwrites or, where a request gives none, removes the descriptions of rules. */
export async function updateDescriptions(input: Request, isEgress: boolean, scope: Ec2Scope) {
  scope.realize('recorded');
  const { caller, securityGroups } = scope;
  const group = await securityGroups.named(caller, input);
  const around = await surroundingsOf(group, scope);
  const byId = (input.SecurityGroupRuleDescriptions ?? []).map((each) => ({
    id: each.SecurityGroupRuleId ?? '',
    description: checkDescription(each.Description),
  }));
  checkIds(
    kinds.securityGroupRule,
    byId.map(({ id }) => id),
  );
  const specs = byId.length > 0 ? [] : requestedRules(input, isEgress, around);
  await securityGroups.changeRules(caller, group.GroupId, (present) => {
    const own = present.filter((rule) => rule.IsEgress === isEgress);
    const described = byId.map(({ id, description }) => {
      const rule = own.find((each) => each.SecurityGroupRuleId === id);
      if (!rule) throw kinds.securityGroupRule.notFound([id]);
      return { rule, description };
    });
    for (const spec of specs) {
      const rule = own.find((each) => identityOf(each) === identityOf(spec));
      if (!rule) throw errors.ruleNotFound();
      described.push({ rule, description: spec.Description });
    }
    const writes = described.map(({ rule, description: Description }) =>
      // A member without a value is not written.
      set(securityGroups.ruleAt(caller, rule.SecurityGroupRuleId ?? ''), { ...rule, Description }),
    );
    return { writes, result: undefined };
  });
  return { Return: true };
}
