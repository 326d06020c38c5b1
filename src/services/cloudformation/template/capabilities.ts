import type { Capability } from '@aws-sdk/client-cloudformation';
import type { Template } from './template.ts';

/**
 * IAM resources that may widen permissions, and the property that gives each a name of its own.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */
const iamNames: ReadonlyMap<string, string | undefined> = new Map([
  ['AWS::IAM::AccessKey', undefined],
  ['AWS::IAM::Group', 'GroupName'],
  ['AWS::IAM::InstanceProfile', 'InstanceProfileName'],
  ['AWS::IAM::ManagedPolicy', 'ManagedPolicyName'],
  ['AWS::IAM::Policy', undefined],
  ['AWS::IAM::Role', 'RoleName'],
  ['AWS::IAM::User', 'UserName'],
  ['AWS::IAM::UserToGroupAddition', undefined],
]);

/** What a caller must acknowledge before the template is used, and why. */
export function capabilities(template: Template): {
  Capabilities?: Capability[];
  CapabilitiesReason?: string;
} {
  const iam = [...template.resources.values()].filter(({ type }) => iamNames.has(type));
  const named = iam.some(({ type, properties }) => {
    const property = iamNames.get(type);
    return property !== undefined && properties[property] !== undefined;
  });
  const needed: Capability[] = [];
  if (iam.length > 0) needed.push(named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM');
  const reasons: string[] = [];
  if (iam.length > 0) {
    const types = [...new Set(iam.map(({ type }) => type))].join(', ');
    reasons.push(`The following resource(s) require capabilities: [${types}]`);
  }
  if (template.transforms.length > 0) {
    needed.push('CAPABILITY_AUTO_EXPAND');
    reasons.push(
      `The following transform(s) require capabilities: [${template.transforms.join(', ')}]`,
    );
  }
  if (needed.length === 0) return {};
  return { Capabilities: needed, CapabilitiesReason: reasons.join('; ') };
}
