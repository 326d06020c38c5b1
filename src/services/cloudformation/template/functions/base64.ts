import { isScalar } from '../calls.ts';
import { templateError } from '../errors.ts';
import type { TemplateFunction } from './function.ts';

export const base64: TemplateFunction = async (argument, { evaluate }) => {
  const text = await evaluate(argument);
  if (isScalar(text)) return Buffer.from(String(text)).toString('base64');
  throw templateError('every Fn::Base64 object must have a String-typed value.');
};
