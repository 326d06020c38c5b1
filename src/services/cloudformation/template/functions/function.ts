import type { Environment } from '../environment.ts';
import type { Value } from '../template.ts';

/** What a function works with: its environment, and the evaluation of what stands in its argument. */
export interface Evaluation {
  readonly environment: Environment;
  readonly evaluate: (value: Value) => Promise<Value | undefined>;
}

/** Gives a value, or undefined where that is `AWS::NoValue`. */
export type TemplateFunction = (
  argument: Value,
  evaluation: Evaluation,
) => Promise<Value | undefined>;
