import type {
  Capability,
  GetTemplateSummaryOutput,
  ParameterDeclaration,
} from '@aws-sdk/client-cloudformation';
import type { Parameter, Template } from './template.ts';

/**
 * What GetTemplateSummary answers of a template, of which ValidateTemplate answers a part.
 * @param identifiers the names of the properties that identify a resource of a type
 */
export function summarize(
  template: Template,
  identifiers: (type: string) => readonly string[],
): GetTemplateSummaryOutput {
  const resources = [...template.resources];
  const types = [...new Set(resources.map(([, { type }]) => type))];
  return {
    Parameters: [...template.parameters].map(([name, parameter]) => declaration(name, parameter)),
    ...capabilities(template),
    ResourceTypes: types,
    ResourceIdentifierSummaries: types.map((type) => ({
      ResourceType: type,
      LogicalResourceIds: resources.filter(([, each]) => each.type === type).map(([name]) => name),
      ResourceIdentifiers: [...identifiers(type)],
    })),
    Version: template.version,
    Description: template.description,
    ...(template.metadata !== undefined && { Metadata: JSON.stringify(template.metadata) }),
    ...(template.transforms.length > 0 && { DeclaredTransforms: [...template.transforms] }),
  };
}

function declaration(name: string, parameter: Parameter): ParameterDeclaration {
  const { allowedValues } = parameter;
  return {
    ParameterKey: name,
    DefaultValue: parameter.default,
    ParameterType: parameter.type,
    NoEcho: parameter.noEcho,
    Description: parameter.description,
    ParameterConstraints: allowedValues === undefined ? {} : { AllowedValues: [...allowedValues] },
  };
}

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
