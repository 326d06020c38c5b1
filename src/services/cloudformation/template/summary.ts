import type {
  GetTemplateSummaryOutput,
  ParameterDeclaration,
} from '@aws-sdk/client-cloudformation';
import { capabilities } from './capabilities.ts';
import type { Parameter, Template } from './template.ts';

/**
 * What GetTemplateSummary answers of a template, of which ValidateTemplate answers a part.
 * @param identifiers the names of the properties that identify a resource of a type; left out, so is
 *   ResourceIdentifierSummaries
 */
export function summarize(
  template: Template,
  identifiers?: (type: string) => readonly string[],
): GetTemplateSummaryOutput {
  const resources = [...template.resources];
  const types = [...new Set(resources.map(([, { type }]) => type))];
  return {
    Parameters: [...template.parameters].map(([name, parameter]) => declaration(name, parameter)),
    ...capabilities(template),
    ResourceTypes: types,
    ...(identifiers !== undefined && {
      ResourceIdentifierSummaries: types.map((type) => ({
        ResourceType: type,
        LogicalResourceIds: resources.filter(([, each]) => each.type === type).map(([id]) => id),
        ResourceIdentifiers: [...identifiers(type)],
      })),
    }),
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
