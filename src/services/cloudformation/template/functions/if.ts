import { isList } from '../calls.ts';
import { templateError } from '../errors.ts';
import type { TemplateFunction } from './function.ts';

export const choose: TemplateFunction = async (argument, { environment, evaluate }) => {
  const [condition, whenTrue, whenFalse] =
    isList(argument) && argument.length === 3 ? argument : [];
  if (typeof condition !== 'string' || whenTrue === undefined || whenFalse === undefined) {
    throw templateError('Fn::If requires a list argument with three elements');
  }
  const decided = environment.conditions.get(condition);
  if (decided === undefined) {
    throw templateError(`unresolved condition dependency ${condition} in Fn::If`);
  }
  return evaluate(decided ? whenTrue : whenFalse);
};
