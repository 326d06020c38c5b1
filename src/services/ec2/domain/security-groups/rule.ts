import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { Traffic } from './ports.ts';

/** What a rule lets through: everything of it that a request says. */
export interface RuleSpec extends Traffic {
  readonly IsEgress: boolean;
  readonly CidrIpv4?: string;
  readonly CidrIpv6?: string;
  readonly PrefixListId?: string;
  readonly ReferencedGroupInfo?: { readonly GroupId: string; readonly UserId: string };
  readonly Description?: string;
}

/** The same for rules that let the same through, whatever their descriptions. */
export function identityOf(rule: RuleSpec | SecurityGroupRule): string {
  const { IsEgress, IpProtocol, FromPort, ToPort } = rule;
  return [IsEgress ? 'out' : 'in', IpProtocol, FromPort, ToPort, peerOf(rule)].join(' ');
}

/** As AWS names a rule that is there already. */
export function duplicateText(rule: RuleSpec): string {
  const { IpProtocol, FromPort, ToPort } = rule;
  const protocol = IpProtocol === '-1' ? 'ALL' : IpProtocol.toUpperCase();
  const ports =
    IpProtocol === 'tcp' || IpProtocol === 'udp'
      ? `, from port: ${FromPort}, to port: ${ToPort}`
      : '';
  return `the specified rule "peer: ${peerOf(rule)}, ${protocol}${ports}, ALLOW" already exists`;
}

function peerOf(rule: RuleSpec | SecurityGroupRule): string {
  return (
    rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId ?? ''
  );
}

/** @throws InvalidParameterValue */
export function checkDescription(description: string | undefined): string | undefined {
  if (description === undefined || description === '') return undefined;
  if (!/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/.test(description)) {
    throw errors.invalidParameter(
      'Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
    );
  }
  return description;
}
