import type { TemplateFunction } from './function.ts';
import { templateError } from '../errors.ts';

export const ref: TemplateFunction = async (argument, { environment }) => {
  if (typeof argument !== 'string') {
    throw templateError('every Ref object must have a single String value.');
  }
  if (argument === 'AWS::NoValue') return undefined;
  return environment.parameters.get(argument) ?? environment.lookups.ref(argument);
};
