import type { AttributeValue } from '../attribute-value.ts';
import type { Comparator, Path } from '../expressions/syntax.ts';

/**
 * Statements as trees, whose parameters are still to be filled in: a tree depends on the
 * statement's text only, and can be kept.
 */
export type Value =
  | { readonly kind: 'scalar'; readonly value: AttributeValue }
  /** Counted from 0 in the order of the text. */
  | { readonly kind: 'parameter'; readonly index: number }
  | { readonly kind: 'list' | 'set'; readonly elements: readonly Value[] }
  | { readonly kind: 'map'; readonly members: readonly (readonly [string, Value])[] };

export type Expression =
  | Value
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] }
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-';
      readonly operands: readonly [Expression, Expression];
    };

export type Where =
  | { readonly kind: 'and' | 'or'; readonly left: Where; readonly right: Where }
  | { readonly kind: 'not'; readonly where: Where }
  | {
      readonly kind: 'comparison';
      readonly comparator: Comparator;
      readonly operands: readonly [Expression, Expression];
    }
  | {
      readonly kind: 'between';
      readonly operands: readonly [Expression, Expression, Expression];
    }
  | { readonly kind: 'in'; readonly tested: Expression; readonly candidates: readonly Expression[] }
  | { readonly kind: 'is'; readonly tested: Expression; readonly state: 'MISSING' | 'NULL' }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] };

export interface Select {
  readonly kind: 'select';
  readonly table: string;
  readonly index: string | undefined;
  /** `undefined` is `*`. */
  readonly paths: readonly Path[] | undefined;
  readonly where: Where | undefined;
  readonly orderBy: readonly { readonly name: string; readonly descending: boolean }[];
}

export interface Insert {
  readonly kind: 'insert';
  readonly table: string;
  readonly item: Value;
}

/** What RETURNING asks for, e.g. `ALL OLD`. */
export type Returning = 'ALL OLD' | 'ALL NEW' | 'MODIFIED OLD' | 'MODIFIED NEW';

export interface Update {
  readonly kind: 'update';
  readonly table: string;
  readonly actions: readonly (
    | { readonly kind: 'SET'; readonly path: Path; readonly value: Expression }
    | { readonly kind: 'REMOVE'; readonly path: Path }
  )[];
  readonly where: Where | undefined;
  readonly returning: Returning | undefined;
}

export interface Delete {
  readonly kind: 'delete';
  readonly table: string;
  readonly where: Where | undefined;
  readonly returning: Returning | undefined;
}

export interface Exists {
  readonly kind: 'exists';
  readonly table: string;
  readonly select: Select;
}

export type Statement = Select | Insert | Update | Delete | Exists;

/** A statement and how many parameters it has. */
export interface Parsed {
  readonly statement: Statement;
  readonly parameters: number;
}
