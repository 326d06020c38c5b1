import { isScalar } from '../calls.ts';
import { templateError } from '../errors.ts';
import { readSubstitution } from '../substitution.ts';
import type { Value } from '../template.ts';
import type { TemplateFunction } from './function.ts';

export const sub: TemplateFunction = async (argument, { evaluate }) => {
  const { parts, variables } = readSubstitution(argument);
  const texts: string[] = [];
  for (const part of parts) {
    texts.push('text' in part ? part.text : await valueOf(part.variable));
  }
  return texts.join('');

  async function valueOf(name: string): Promise<string> {
    const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const named: Value = name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name };
    const value = await evaluate(given ?? named);
    if (isScalar(value)) return String(value);
    throw templateError(`Fn::Sub expression does not resolve to a string: \${${name}}`);
  }
};
