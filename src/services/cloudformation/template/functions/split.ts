import { isList, isScalar } from '../calls.ts';
import { templateError } from '../errors.ts';
import type { TemplateFunction } from './function.ts';

export const split: TemplateFunction = async (argument, { evaluate }) => {
  const [delimiter, given] = isList(argument) && argument.length === 2 ? argument : [];
  const text = given === undefined ? undefined : await evaluate(given);
  if (typeof delimiter === 'string' && delimiter !== '' && isScalar(text)) {
    return String(text).split(delimiter);
  }
  throw templateError(
    'every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
  );
};
