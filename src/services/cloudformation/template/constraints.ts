import { validationError } from './errors.ts';
import { parameterType } from './parameter-types.ts';
import { matchesWhole } from './pattern.ts';
import { splitList } from './split-list.ts';
import type { Parameter } from './template.ts';

/**
 * Checks the text of a parameter against what its declaration allows; a list's elements one by one.
 * @throws ValidationError: the parameter's ConstraintDescription, where it has one
 */
export function checkConstraints(name: string, parameter: Parameter, given: string): void {
  const { element, isList, fromSsm } = parameterType(parameter.type);
  const values = isList && !fromSsm ? splitList(given) : [given];
  const numeric = element === 'Number' && !fromSsm;
  for (const value of values) {
    if (numeric && (value.trim() === '' || !Number.isFinite(Number(value)))) {
      throw validationError(`Parameter '${name}' must be a number.`);
    }
    const broken = brokenConstraint(parameter, value, numeric);
    if (broken === undefined) continue;
    throw validationError(
      parameter.constraintDescription === undefined
        ? `Parameter '${name}' must ${broken}`
        : `Parameter ${name} failed to satisfy constraint: ${parameter.constraintDescription}`,
    );
  }
}

/** What the value must do and does not. */
function brokenConstraint(
  parameter: Parameter,
  value: string,
  numeric: boolean,
): string | undefined {
  const { allowedValues, allowedPattern, minLength, maxLength, minValue, maxValue } = parameter;
  if (allowedValues !== undefined && !allowedValues.includes(value))
    return 'be one of AllowedValues';
  if (allowedPattern !== undefined && !matchesWhole(allowedPattern, value)) {
    return `match pattern ${allowedPattern}`;
  }
  if (minLength !== undefined && value.length < minLength) {
    return `contain at least ${minLength} characters`;
  }
  if (maxLength !== undefined && value.length > maxLength) {
    return `contain at most ${maxLength} characters`;
  }
  if (!numeric) return undefined;
  if (minValue !== undefined && Number(value) < minValue)
    return `be a number not less than ${minValue}`;
  if (maxValue !== undefined && Number(value) > maxValue)
    return `be a number not greater than ${maxValue}`;
  return undefined;
}
