import type { StackOutput } from '../domain/stack.ts';
import { validation } from '../errors.ts';
import { evaluate } from '../template/evaluate.ts';
import type { Value } from '../template/template.ts';
import type { Target } from './desire.ts';
import type { Run } from './run.ts';

/**
 * The stack's outputs, evaluated.
 * @throws ValidationError where a value is no text or an export's name is another stack's
 */
export async function outputs(run: Run, goal: Target): Promise<StackOutput[]> {
  const result: StackOutput[] = [];
  for (const [key, output] of goal.template.outputs) {
    const { condition, description } = output;
    if (condition !== undefined && goal.environment.conditions.get(condition) !== true) continue;
    const exported =
      output.exportName === undefined
        ? undefined
        : text(key, await evaluate(output.exportName, goal.environment));
    result.push({
      key,
      value: text(key, await evaluate(output.value, goal.environment)),
      ...(description !== undefined && { description }),
      ...(exported !== undefined && { exportName: exported }),
    });
  }
  await checkExports(run, result);
  return result;
}

function text(key: string, value: Value | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw validation(
    `Template format error: The Value field of every Outputs member must evaluate to a String: ${key}.`,
  );
}

async function checkExports({ stack, stacks }: Run, found: readonly StackOutput[]): Promise<void> {
  const others = (await stacks.list(stack)).filter(
    ({ id, deletedAtMs }) => id !== stack.id && deletedAtMs === undefined,
  );
  for (const { exportName } of found) {
    const other = others.find((each) =>
      each.outputs.some((output) => exportName !== undefined && output.exportName === exportName),
    );
    if (other) {
      throw validation(`Export with name ${exportName} is already exported by stack ${other.name}`);
    }
  }
}
