import { evaluateConditions } from './conditions.ts';
import type { ParameterValue } from './parameters.ts';
import type { Template, Value } from './template.ts';

/** What a template's functions read while they are evaluated. */
export interface Environment {
  readonly mappings: Template['mappings'];
  /** Values that `Ref` gives of parameters and pseudo-parameters; `AWS::NoValue` is not among them. */
  readonly parameters: ReadonlyMap<string, Value>;
  readonly conditions: ReadonlyMap<string, boolean>;
  readonly lookups: Lookups;
}

/** What lies outside the template. Refusals pass through as they are thrown. */
export interface Lookups {
  /** What `Ref` gives of a resource; throws NotKnownYet where it has not been made. */
  ref(logicalId: string): Promise<Value>;
  /** An attribute of a resource (`Endpoint.Address`); throws NotKnownYet where it has not been made. */
  getAtt(logicalId: string, attribute: string): Promise<Value>;
  /** The value of an export of the caller's account and region; undefined where there is none. */
  importValue(name: string): Promise<string | undefined>;
  /** Zone names of a region, in order. */
  availabilityZones(region: string): Promise<readonly string[]>;
  /**
   * `{{resolve:ssm:name:version}}` and `{{resolve:ssm-secure:name:version}}`; undefined where there is
   * no such parameter. `secure` lets a SecureString be decrypted.
   */
  ssmParameter(
    name: string,
    options: { version?: number; secure: boolean },
  ): Promise<string | undefined>;
}

/** A resource is named whose value is only known once it has been made: what depends on it waits. */
export class NotKnownYet extends Error {
  override readonly name = 'NotKnownYet';
  readonly logicalId: string;
  readonly attribute: string | undefined;

  constructor(logicalId: string, attribute?: string) {
    super(`${attribute === undefined ? logicalId : `${logicalId}.${attribute}`} is not known yet`);
    this.logicalId = logicalId;
    this.attribute = attribute;
  }
}

export interface StackFacts {
  readonly accountId: string;
  readonly region: string;
  /** e.g. `aws` */
  readonly partition: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly notificationArns: readonly string[];
}

/** An environment of the template's own mappings, with its conditions decided. */
export async function createEnvironment(
  template: Template,
  options: {
    readonly parameters: ReadonlyMap<string, ParameterValue>;
    readonly stack: StackFacts;
    readonly lookups: Lookups;
  },
): Promise<Environment> {
  const parameters = new Map<string, Value>(pseudoParameters(options.stack));
  for (const [name, { resolved }] of options.parameters) parameters.set(name, resolved);
  const environment: Environment = {
    mappings: template.mappings,
    parameters,
    conditions: new Map(),
    lookups: options.lookups,
  };
  return { ...environment, conditions: await evaluateConditions(template.conditions, environment) };
}

function pseudoParameters(stack: StackFacts): readonly (readonly [string, Value])[] {
  return [
    ['AWS::AccountId', stack.accountId],
    ['AWS::NotificationARNs', stack.notificationArns],
    ['AWS::Partition', stack.partition],
    ['AWS::Region', stack.region],
    ['AWS::StackId', stack.stackId],
    ['AWS::StackName', stack.stackName],
    ['AWS::URLSuffix', stack.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'],
  ];
}
