/** What a template may hold at any place: JSON, with null only where AWS allows none. */
export type Value = string | number | boolean | null | readonly Value[] | ValueMap;

/** Keys are own properties always, `__proto__` too: walk it with `Object.entries`, build it with `Object.fromEntries`. */
export interface ValueMap {
  readonly [key: string]: Value;
}

/** A template whose form has been checked: sections known, names legal, every name that it refers to there. */
export interface Template {
  /** `2010-09-09`, the only one there is. */
  readonly version: string | undefined;
  readonly description: string | undefined;
  readonly metadata: ValueMap | undefined;
  readonly transforms: readonly string[];
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly mappings: ReadonlyMap<string, Mapping>;
  /** Condition functions, not evaluated yet. */
  readonly conditions: ReadonlyMap<string, Value>;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly outputs: ReadonlyMap<string, Output>;
}

/** First key, second key, value: a scalar or a list of scalars. */
export type Mapping = ReadonlyMap<string, ReadonlyMap<string, Value>>;

export interface Parameter {
  /** e.g. `String`, `List<AWS::EC2::Subnet::Id>`, `AWS::SSM::Parameter::Value<String>` */
  readonly type: string;
  readonly default: string | undefined;
  readonly description: string | undefined;
  readonly noEcho: boolean;
  readonly allowedValues: readonly string[] | undefined;
  readonly allowedPattern: string | undefined;
  /** In characters. */
  readonly minLength: number | undefined;
  /** In characters. */
  readonly maxLength: number | undefined;
  readonly minValue: number | undefined;
  readonly maxValue: number | undefined;
  readonly constraintDescription: string | undefined;
}

export interface Rule {
  readonly condition: Value | undefined;
  readonly assertions: readonly Assertion[];
}

export interface Assertion {
  readonly assert: Value;
  readonly description: string | undefined;
}

export const deletionPolicies = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'] as const;
export type DeletionPolicy = (typeof deletionPolicies)[number];

export interface Resource {
  readonly type: string;
  /** Not evaluated yet. */
  readonly properties: ValueMap;
  readonly dependsOn: readonly string[];
  /** The condition's name. */
  readonly condition: string | undefined;
  readonly deletionPolicy: DeletionPolicy | undefined;
  readonly updateReplacePolicy: Exclude<DeletionPolicy, 'RetainExceptOnCreate'> | undefined;
  readonly metadata: ValueMap | undefined;
  readonly creationPolicy: ValueMap | undefined;
  readonly updatePolicy: ValueMap | undefined;
}

export interface Output {
  readonly value: Value;
  readonly description: string | undefined;
  /** The export's name, not evaluated yet. */
  readonly exportName: Value | undefined;
  readonly condition: string | undefined;
}
