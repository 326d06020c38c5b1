import type { Fields } from '../../gateway/protocols/protocol.ts';
import { shapeOf, structureOf } from '../../gateway/protocols/shapes.ts';
import { kebab } from '../names.ts';
import type { Argument, Command } from './argument.ts';
import { encodeUserData, finishRunInstances, runInstancesArguments } from './run-instances.ts';
import { securityGroupRuleArguments } from './security-group-rules.ts';

type Table = Map<string, Argument>;

/** Flags that the AWS CLI calls otherwise than the model, by `service.operation`; `*` is any. */
const renames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ec2.*': {
    'no-no-reboot': 'reboot',
    'no-egress': 'ingress',
    'no-disable-api-termination': 'enable-api-termination',
  },
  'sns.Subscribe': { endpoint: 'notification-endpoint' },
  'route53.DeleteTrafficPolicy': { version: 'traffic-policy-version' },
  'route53.GetTrafficPolicy': { version: 'traffic-policy-version' },
  'route53.UpdateTrafficPolicyComment': { version: 'traffic-policy-version' },
  'apigatewayv2.CreateApi': { version: 'api-version' },
  'apigatewayv2.UpdateApi': { version: 'api-version' },
};

const additions: Readonly<Record<string, (table: Table) => readonly Argument[]>> = {
  'ec2.RunInstances': runInstancesArguments,
  'ec2.AuthorizeSecurityGroupIngress': securityGroupRuleArguments,
  'ec2.AuthorizeSecurityGroupEgress': securityGroupRuleArguments,
  'ec2.RevokeSecurityGroupIngress': securityGroupRuleArguments,
  'ec2.RevokeSecurityGroupEgress': securityGroupRuleArguments,
};

/** Changes an operation's flags to those that the AWS CLI has. */
export function customize(command: Command, table: Table): void {
  const { model, operation } = command;
  for (const names of [renames[`${model.service}.*`], renames[`${model.service}.${operation}`]]) {
    for (const [from, to] of Object.entries(names ?? {})) rename(table, from, to);
  }
  if (model.service === 'ec2') addBooleanValues(command, table);
  for (const argument of additions[`${model.service}.${operation}`]?.(table) ?? []) {
    table.set(argument.name, argument);
  }
}

/** The last touch to an input once all its flags have been read. */
export function finish({ model, operation }: Command, input: Fields): void {
  if (model.service === 'ec2' && operation === 'RunInstances') finishRunInstances(input);
  if (model.service === 'autoscaling' && operation === 'CreateLaunchConfiguration') {
    encodeUserData(input);
  }
}

function rename(table: Table, from: string, to: string): void {
  const argument = table.get(from);
  if (!argument) return;
  table.delete(from);
  table.set(to, { ...argument, name: to });
}

/**
 * EC2's attributes that are a structure with one boolean `Value` are flags as well:
 * `--ebs-optimized`, `--no-ebs-optimized` and `--ebs-optimized Value=true`.
 */
function addBooleanValues({ model, operation }: Command, table: Table): void {
  const input = structureOf(model, model.operations[operation]!.input);
  for (const [key, member] of Object.entries(input.members)) {
    const shape = shapeOf(model, member.shape);
    if (shape.type !== 'structure') continue;
    const members = Object.entries(shape.members);
    const isFlag =
      members.length === 1 &&
      members[0]![0] === 'Value' &&
      shapeOf(model, members[0]![1].shape).type === 'boolean';
    const argument = table.get(kebab(key));
    if (!isFlag || !argument) continue;
    table.set(argument.name, {
      ...argument,
      takes: 'optional',
      apply: (fields: Fields, typed) => {
        if (typed === true) fields[key] = { Value: true };
        else argument.apply(fields, typed);
      },
    });
    const negated = `no-${argument.name}`;
    table.set(negated, {
      name: negated,
      takes: 'none',
      member: key,
      apply: (fields: Fields) => {
        fields[key] = { Value: false };
      },
    });
  }
}
