import { readGetAtt } from '../get-att.ts';
import { templateError } from '../errors.ts';
import type { TemplateFunction } from './function.ts';

export const getAtt: TemplateFunction = async (argument, { environment, evaluate }) => {
  const [logicalId, given] = readGetAtt(argument);
  const attribute = await evaluate(given);
  if (typeof attribute === 'string') return environment.lookups.getAtt(logicalId, attribute);
  throw templateError('every Fn::GetAtt object requires its attribute to be a string');
};
