import { membersOf, shapeOf, structureOf } from '../gateway/protocols/shapes.ts';
import { loadModel, loadWaiters, operationNames } from '../models/load.ts';
import type { ServiceModel } from '../models/model.ts';
import type { Argument } from './arguments/argument.ts';
import { globalDefinitions } from './arguments/global-options.ts';
import { kebab, modelled } from './names.ts';
import { isService, serviceNamed, serviceWords } from './services.ts';

/**
 * What could come next on a command line of a service, by the models alone.
 *
 * @param words those behind `alacarte`, complete, the word being typed left out
 * @param current the word being typed, perhaps empty
 */
export async function completions(words: readonly string[], current: string): Promise<string[]> {
  return (await candidates(words)).filter((word) => word.startsWith(current)).toSorted();
}

async function candidates(words: readonly string[]): Promise<readonly string[]> {
  const [first, second, third] = words;
  if (first === undefined) return serviceWords();
  if (!isService(first)) return [];
  const service = serviceNamed(first);
  if (second === undefined) {
    return [...(operationNames()[service] ?? []).map(kebab), 'wait', 'help'];
  }
  if (second !== 'wait') return ofOperation(service, second, words.slice(2));
  const waiters = loadWaiters(service);
  if (third === undefined) return Object.keys(waiters).map(kebab);
  const waiter = modelled(Object.keys(waiters), third);
  return waiter === undefined
    ? []
    : ofOperation(service, kebab(waiters[waiter]!.operation), words.slice(3));
}

async function ofOperation(
  service: string,
  word: string,
  typed: readonly string[],
): Promise<readonly string[]> {
  const model = loadModel(service);
  const operation = modelled(Object.keys(model.operations), word);
  if (operation === undefined) return [];
  const { tableOf } = await import('./operation-command.ts');
  const { table } = tableOf({ model, operation });
  const last = typed.at(-1) ?? '';
  const argument = last.startsWith('--') ? table.get(last.slice(2)) : undefined;
  const values = argument
    ? valuesOf(model, operation, argument)
    : globalDefinitions[last.slice(2)]?.values;
  if (values && values.length > 0) return values;
  const flags = [...table.values()].filter(({ hidden }) => !hidden).map(({ name }) => name);
  const used = new Set(typed);
  return [...flags, ...Object.keys(globalDefinitions)]
    .map((name) => `--${name}`)
    .filter((flag) => !used.has(flag));
}

/** The values of an enum, for a flag that takes one or several. */
function valuesOf(model: ServiceModel, operation: string, { member }: Argument): readonly string[] {
  const input = structureOf(model, model.operations[operation]!.input);
  const found = membersOf(input).find(([key]) => key === member);
  if (!found) return [];
  const shape = shapeOf(model, found[1].shape);
  const inner = shape.type === 'list' ? shapeOf(model, shape.member.shape) : shape;
  return inner.type === 'string' ? (inner.enum ?? []) : [];
}
