import { isList, isMap } from '../calls.ts';
import { templateError } from '../errors.ts';
import type { TemplateFunction } from './function.ts';

export const toJsonString: TemplateFunction = async (argument, { evaluate }) => {
  const value = await evaluate(argument);
  if (isList(value) || isMap(value)) return JSON.stringify(value);
  throw templateError('Fn::ToJsonString requires a list or a map');
};
