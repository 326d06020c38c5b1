import { modelledNamespaces, resourceTypeNames } from './load.ts';

/** How many of a namespace's resource types CloudFormation and Cloud Control can make here. */
export interface ResourceTypeCoverage {
  /** e.g. `AWS::DynamoDB` */
  readonly namespace: string;
  /** How many types AWS's resource specification has, and how many of them are built here. */
  readonly modelled: number;
  readonly built: number;
  /** Every type of the specification, by full name. */
  readonly resourceTypes: readonly { readonly name: string; readonly built: boolean }[];
}

/**
 * The coverage of the modelled services' resource types, by namespace.
 * @param built the full names of all that are built
 */
export function resourceTypeCoverage(built: Iterable<string>): readonly ResourceTypeCoverage[] {
  const names = new Set(built);
  return modelledNamespaces().map((namespace) => {
    const resourceTypes = (resourceTypeNames()[namespace] ?? []).map((type) => {
      const name = `AWS::${namespace}::${type}`;
      return { name, built: names.has(name) };
    });
    return {
      namespace: `AWS::${namespace}`,
      modelled: resourceTypes.length,
      built: resourceTypes.filter((type) => type.built).length,
      resourceTypes,
    };
  });
}
