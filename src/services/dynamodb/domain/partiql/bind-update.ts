import { validation } from '../../errors.ts';
import type { Operand, Path, Update, UpdateAction, UpdateValue } from '../expressions/syntax.ts';
import { refuseClashes } from '../expressions/projection.ts';
import { ExpressionProblem } from '../expressions/syntax.ts';
import { type Parameters, valueOf } from './bind-values.ts';
import { checkCount } from './bind-where.ts';
import { malformedStatement } from './malformed.ts';
import type { Expression, Update as UpdateStatement } from './syntax.ts';

/** `SET a = set_add(a, <<…>>)` is what an update expression calls ADD. */
const SET_FUNCTIONS: Readonly<Record<string, 'ADD' | 'DELETE'>> = {
  set_add: 'ADD',
  set_delete: 'DELETE',
};
const VALUE_FUNCTIONS = ['if_not_exists', 'list_append'];

/** The actions of an UPDATE statement as an update expression has them. */
export function bindUpdate({ actions }: UpdateStatement, parameters: Parameters): Update {
  const update = actions.map((action): UpdateAction =>
    action.kind === 'REMOVE' ? action : bindSet(action.path, action.value, parameters),
  );
  try {
    refuseClashes(update.map(({ path }) => path));
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    throw validation(error.message);
  }
  return update;
}

function bindSet(path: Path, value: Expression, parameters: Parameters): UpdateAction {
  const kind = value.kind === 'call' ? SET_FUNCTIONS[value.name] : undefined;
  if (value.kind === 'call' && kind) {
    checkCount(value.name, value.operands.length, 2);
    const [target, members] = value.operands;
    if (target!.kind !== 'path' || target!.path.join('\0') !== path.join('\0')) {
      throw validation(`The first operand of ${value.name} must be the attribute that is set`);
    }
    return { kind, path, value: bindOperand(members!, parameters) };
  }
  return { kind: 'SET', path, value: bindValue(value, parameters) };
}

function bindValue(value: Expression, parameters: Parameters): UpdateValue {
  if (value.kind !== 'arithmetic') return bindOperand(value, parameters);
  const [left, right] = value.operands;
  return {
    ...value,
    operands: [bindOperand(left, parameters), bindOperand(right, parameters)],
  };
}

function bindOperand(value: Expression, parameters: Parameters): Operand {
  switch (value.kind) {
    case 'path':
      return value;
    case 'arithmetic':
      throw malformedStatement('A sum has two operands');
    case 'call': {
      const { name, operands } = value;
      if (!VALUE_FUNCTIONS.includes(name)) throw malformedStatement(`No such function: ${name}`);
      checkCount(name, operands.length, 2);
      return {
        kind: 'function',
        name,
        operands: operands.map((operand) => bindOperand(operand, parameters)),
      };
    }
    default:
      return { kind: 'literal', value: valueOf(value, parameters) };
  }
}
