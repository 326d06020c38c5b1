import { membersOf, shapeOf, structureOf } from '../../gateway/protocols/shapes.ts';
import type { Fields } from '../../gateway/protocols/protocol.ts';
import type { Member, ServiceModel } from '../../models/model.ts';
import { kebab } from '../names.ts';
import { customize } from './customizations.ts';
import { readValue } from './read-value.ts';

/** What was typed behind a flag: nothing, one value or several. */
export type TypedValue = true | string | readonly string[];

/** One flag of an operation. */
export interface Argument {
  /** Without the dashes. */
  readonly name: string;
  /** How many values follow: none, one, any number, or one that may be left out. */
  readonly takes: 'none' | 'one' | 'many' | 'optional';
  readonly required?: boolean;
  /** The member it is for, for `help`. */
  readonly member?: string;
  readonly help?: string;
  /** Kept out of `help` and completion: an older spelling. */
  readonly hidden?: boolean;
  /** Puts the typed value into the input. */
  apply(input: Fields, typed: TypedValue): void;
}

/** A service's operation on the command line. */
export interface Command {
  readonly model: ServiceModel;
  readonly operation: string;
}

/** All flags of an operation by name, in the model's order. */
export function argumentsOf(command: Command): Map<string, Argument> {
  const { model, operation } = command;
  const input = structureOf(model, model.operations[operation]!.input);
  const table = new Map<string, Argument>();
  for (const [key, member] of membersOf(input)) {
    const required = input.required?.includes(key) === true && !member.idempotencyToken;
    for (const argument of memberArguments(model, key, member, required)) {
      table.set(argument.name, argument);
    }
  }
  customize(command, table);
  return table;
}

function memberArguments(
  model: ServiceModel,
  key: string,
  member: Member,
  required: boolean,
): Argument[] {
  const name = kebab(key);
  const { type } = shapeOf(model, member.shape);
  if (type !== 'boolean') {
    const takes = type === 'list' ? 'many' : 'one';
    const apply = (input: Fields, typed: TypedValue): void => {
      input[key] = readValue(model, member, typed as string | readonly string[]);
    };
    return [{ name, takes, required, member: key, apply }];
  }
  const flag = (flagName: string, value: boolean, isRequired: boolean): Argument => ({
    name: flagName,
    takes: 'none',
    required: isRequired,
    member: key,
    apply: (input) => {
      input[key] = value;
    },
  });
  return [flag(name, true, required), flag(`no-${name}`, false, false)];
}
