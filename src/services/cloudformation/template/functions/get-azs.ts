import { templateError } from '../errors.ts';
import type { TemplateFunction } from './function.ts';

export const getAZs: TemplateFunction = async (argument, { environment, evaluate }) => {
  // An empty tag in YAML, `!GetAZs`, is the empty string as well: the stack's region.
  const given = await evaluate(argument);
  const region = given === '' ? environment.parameters.get('AWS::Region') : given;
  if (typeof region === 'string') return environment.lookups.availabilityZones(region);
  throw templateError('every Fn::GetAZs object must have a String-typed value.');
};
