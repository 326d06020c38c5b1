import type { Parameter } from '@aws-sdk/client-ssm';
import { partitionOf } from '../../../kernel/arn.ts';
import {
  publicParameters,
  type PublicParameter,
} from '../../ec2/domain/images/public-parameters.ts';
import * as errors from '../errors.ts';

/** Where parameters are found. So far these are AWS's public ones, the same for every account. */
export class Parameters {
  /** All that a region has, in the order of their names. */
  list(region: string): Parameter[] {
    return publicParameters(region).map((each) => describe(each, region));
  }

  /**
   * The parameter that a request names: by name or ARN, with a version behind a colon.
   *
   * @throws ParameterNotFound, ParameterVersionNotFound
   */
  get(region: string, given: string): Parameter {
    const { name, selector } = parseName(given);
    const found = this.list(region).find((parameter) => parameter.Name === name);
    if (!found) throw errors.parameterNotFound();
    if (!selector) return found;
    // A public parameter has the one version that is current, and no labels.
    if (selector !== `:${found.Version}`) {
      throw errors.parameterVersionNotFound(name, selector.slice(1));
    }
    return { ...found, Selector: selector };
  }
}

function parseName(given: string): { name: string; selector: string } {
  const text = given.replace(/^arn:[^:]+:ssm:[^:]*:[^:]*:parameter/, '');
  const at = text.indexOf(':');
  return at < 0
    ? { name: text, selector: '' }
    : { name: text.slice(0, at), selector: text.slice(at) };
}

function describe({ name, value, modified }: PublicParameter, region: string): Parameter {
  return {
    Name: name,
    Type: 'String',
    Value: value,
    Version: 1,
    LastModifiedDate: new Date(modified),
    // Public parameters belong to no account.
    ARN: `arn:${partitionOf(region)}:ssm:${region}::parameter${name}`,
    DataType: 'text',
  };
}
