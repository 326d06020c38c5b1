import { isList, isScalar } from '../calls.ts';
import { templateError } from '../errors.ts';
import type { TemplateFunction } from './function.ts';

export const select: TemplateFunction = async (argument, { evaluate }) => {
  const [position, items] = isList(argument) && argument.length === 2 ? argument : [];
  const index = position === undefined ? undefined : await evaluate(position);
  const list = items === undefined ? undefined : await evaluate(items);
  if (!isScalar(index) || !/^\d+$/.test(String(index)) || !isList(list)) {
    throw templateError(
      'Fn::Select requires a list argument with two elements: an integer index and a list',
    );
  }
  const selected = list[Number(index)];
  if (selected !== undefined) return selected;
  throw templateError(`Fn::Select cannot select nonexistent value at index ${index}`);
};
