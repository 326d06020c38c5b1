import type { AttributeValue } from '../attribute-value.ts';

/**
 * Expressions as trees. The parser leaves `#` names in paths and `:` values as placeholders, so
 * that a tree depends on the expression's text only and can be kept; binding replaces both.
 */
export type Path = readonly (string | number)[];

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'placeholder'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: AttributeValue }
  | FunctionCall;

export interface FunctionCall {
  readonly kind: 'function';
  readonly name: string;
  readonly operands: readonly Operand[];
}

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly condition: Condition }
  | {
      readonly kind: 'comparison';
      readonly comparator: Comparator;
      readonly operands: readonly [Operand, Operand];
    }
  | { readonly kind: 'between'; readonly operands: readonly [Operand, Operand, Operand] }
  | { readonly kind: 'in'; readonly operands: readonly Operand[] }
  | FunctionCall;

/** What is wrong with an expression, in AWS's words without the leading `Invalid …Expression: `. */
export class ExpressionProblem extends Error {
  override readonly name = 'ExpressionProblem';
}

/** What SET may put somewhere: an operand, or a sum or difference of two. */
export type UpdateValue =
  | Operand
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-';
      readonly operands: readonly [Operand, Operand];
    };

/** What an update does to one place; every value reads the item as it was before the update. */
export type UpdateAction =
  | { readonly kind: 'SET'; readonly path: Path; readonly value: UpdateValue }
  | { readonly kind: 'REMOVE'; readonly path: Path }
  | {
      readonly kind: 'ADD' | 'DELETE';
      readonly path: Path;
      readonly value: Operand;
      /** Out of AttributeUpdates: a refusal has other words. */
      readonly legacy?: true;
    };

export type Update = readonly UpdateAction[];
