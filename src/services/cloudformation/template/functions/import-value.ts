import { isScalar } from '../calls.ts';
import { templateError, validationError } from '../errors.ts';
import type { TemplateFunction } from './function.ts';

export const importValue: TemplateFunction = async (argument, { environment, evaluate }) => {
  const name = await evaluate(argument);
  if (!isScalar(name)) {
    throw templateError(
      'the attribute in Fn::ImportValue must be a string or a function that returns a string',
    );
  }
  const value = await environment.lookups.importValue(String(name));
  if (value === undefined) throw validationError(`No export named ${name} found.`);
  return value;
};
