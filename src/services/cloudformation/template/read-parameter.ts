import { isList } from './calls.ts';
import { formatError } from './errors.ts';
import { Members } from './members.ts';
import { isParameterType } from './parameter-types.ts';
import type { Parameter, Value } from './template.ts';

const known = [
  'AllowedPattern',
  'AllowedValues',
  'ConstraintDescription',
  'Default',
  'Description',
  'MaxLength',
  'MaxValue',
  'MinLength',
  'MinValue',
  'NoEcho',
  'Type',
];

export function readParameter(value: Value, path: string): Parameter {
  const parameter = new Members(value, path, 'Parameters');
  parameter.only(known, (member) => formatError(`Invalid template parameter property '${member}'`));
  const type = parameter.required('Type');
  if (typeof type !== 'string' || !isParameterType(type)) {
    throw formatError(
      `Unrecognized parameter type: ${typeof type === 'string' ? type : JSON.stringify(type)}`,
    );
  }
  return {
    type,
    default: readDefault(parameter),
    description: parameter.text('Description'),
    noEcho: parameter.flag('NoEcho'),
    allowedValues: parameter.texts('AllowedValues'),
    allowedPattern: readPattern(parameter),
    minLength: parameter.number('MinLength'),
    maxLength: parameter.number('MaxLength'),
    minValue: parameter.number('MinValue'),
    maxValue: parameter.number('MaxValue'),
    constraintDescription: parameter.text('ConstraintDescription'),
  };
}

function readDefault(parameter: Members): string | undefined {
  if (isList(parameter.value('Default'))) {
    throw formatError('Every Default member must be a string.');
  }
  return parameter.text('Default');
}

function readPattern(parameter: Members): string | undefined {
  const pattern = parameter.text('AllowedPattern');
  if (pattern === undefined) return undefined;
  try {
    RegExp(pattern);
    return pattern;
  } catch {
    throw formatError(`Invalid AllowedPattern ${pattern}`);
  }
}
