import type { StackOutput } from '../domain/stack.ts';
import { outputText } from '../domain/output-text.ts';
import { exportInUse, validation } from '../errors.ts';
import { evaluate } from '../template/evaluate.ts';
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
        : outputText(key, await evaluate(output.exportName, goal.environment));
    result.push({
      key,
      value: outputText(key, await evaluate(output.value, goal.environment)),
      ...(description !== undefined && { description }),
      ...(exported !== undefined && { exportName: exported }),
    });
  }
  await checkExports(run, result);
  return result;
}

/** An export has one owner, and stays as it is as long as others use it. */
async function checkExports({ stack, stacks }: Run, found: readonly StackOutput[]): Promise<void> {
  const others = (await stacks.list(stack)).filter(
    ({ id, deletedAtMs }) => id !== stack.id && deletedAtMs === undefined,
  );
  for (const { exportName } of found) {
    const owner = others.find(({ outputs: theirs }) =>
      theirs.some((output) => exportName !== undefined && output.exportName === exportName),
    );
    if (owner) {
      throw validation(`Export with name ${exportName} is already exported by stack ${owner.name}`);
    }
  }
  for (const { exportName, value } of stack.outputs) {
    const user = others.find(({ imports }) => imports?.includes(exportName ?? ''));
    if (!user) continue;
    const now = found.find((output) => output.exportName === exportName);
    if (!now) throw exportInUse(exportName!, user.name);
    if (now.value !== value) throw exportInUse(exportName!, user.name, 'updated');
  }
}
