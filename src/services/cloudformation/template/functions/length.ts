import { isList } from '../calls.ts';
import { templateError } from '../errors.ts';
import type { TemplateFunction } from './function.ts';

export const length: TemplateFunction = async (argument, { evaluate }) => {
  const list = await evaluate(argument);
  if (isList(list)) return list.length;
  throw templateError('Fn::Length requires a list');
};
