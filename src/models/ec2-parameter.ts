import type { Member } from './model.ts';

/**
 * The name of a member's parameter in EC2's query protocol: its own there, else its XML name (or
 * just its name) with a capital.
 * https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html#query-key-resolution
 */
export function ec2ParameterName(key: string, member: Pick<Member, 'name' | 'queryName'>): string {
  if (member.queryName !== undefined) return member.queryName;
  const name = member.name ?? key;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
