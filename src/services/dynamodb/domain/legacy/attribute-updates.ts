import { invalidParameters, validation } from '../../errors.ts';
import { admitValue } from '../admit-item.ts';
import type { AttributeType } from '../attribute-value.ts';
import { typeOf } from '../attribute-value.ts';
import type { Update, UpdateAction } from '../expressions/syntax.ts';
import type { LegacyUpdate } from './parameters.ts';

const TYPES_BY_ACTION: Readonly<Record<'ADD' | 'DELETE', readonly AttributeType[]>> = {
  ADD: ['N', 'SS', 'NS', 'BS', 'L'],
  DELETE: ['SS', 'NS', 'BS'],
};

/**
 * The update that AttributeUpdates stand for.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.AttributeUpdates.html
 */
export function attributeUpdates(updates: Readonly<Record<string, LegacyUpdate | null>>): Update {
  return Object.entries(updates).map(([name, update]) => actionOf(name, update ?? {}));
}

function actionOf(name: string, { Action, Value: sent }: LegacyUpdate): UpdateAction {
  const kind = Action ?? 'PUT';
  if (name === '') throw validation('Empty attribute name');
  const path = [name];
  if (sent === undefined || sent === null) {
    if (kind === 'DELETE') return { kind: 'REMOVE', path };
    throw invalidParameters('Only DELETE action is allowed when no attribute value is specified');
  }
  const value = admitValue(sent);
  if (kind !== 'ADD' && kind !== 'DELETE') {
    return { kind: 'SET', path, value: { kind: 'literal', value } };
  }
  const type = typeOf(value);
  if (TYPES_BY_ACTION[kind].includes(type)) {
    return { kind, path, value: { kind: 'literal', value }, legacy: true };
  }
  throw invalidParameters(
    kind === 'ADD'
      ? `ADD action is not supported for the type ${type}`
      : `DELETE action with value is not supported for the type ${type}`,
  );
}
