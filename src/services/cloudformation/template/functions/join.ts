import { isList, isScalar } from '../calls.ts';
import { templateError } from '../errors.ts';
import type { TemplateFunction } from './function.ts';

export const join: TemplateFunction = async (argument, { evaluate }) => {
  const [delimiter, items] = isList(argument) && argument.length === 2 ? argument : [];
  const list = items === undefined ? undefined : await evaluate(items);
  if (typeof delimiter === 'string' && isList(list) && list.every(isScalar)) {
    return list.join(delimiter);
  }
  throw templateError(
    'every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
  );
};
