/**
 * Parameter types that name something of the account.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */
const named = [
  'AWS::EC2::AvailabilityZone::Name',
  'AWS::EC2::Image::Id',
  'AWS::EC2::Instance::Id',
  'AWS::EC2::KeyPair::KeyName',
  'AWS::EC2::SecurityGroup::GroupName',
  'AWS::EC2::SecurityGroup::Id',
  'AWS::EC2::Subnet::Id',
  'AWS::EC2::Volume::Id',
  'AWS::EC2::VPC::Id',
  'AWS::Route53::HostedZone::Id',
];

/** What the text of a parameter stands for. */
export interface ParameterType {
  /** The type of one value, e.g. `Number` of `List<Number>`. */
  readonly element: string;
  readonly isList: boolean;
  /** The given text is the name of an SSM parameter that holds the value. */
  readonly fromSsm: boolean;
}

export function isParameterType(type: string): boolean {
  const { element, isList, fromSsm } = parameterType(type);
  if (element === 'AWS::SSM::Parameter::Name') return !isList && !fromSsm;
  if (element === 'String') return fromSsm || !isList || type === 'CommaDelimitedList';
  return named.includes(element) || (element === 'Number' && !fromSsm);
}

export function parameterType(type: string): ParameterType {
  const inner = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(type)?.[1];
  if (inner !== undefined) return { ...parameterType(inner), fromSsm: true };
  if (type === 'CommaDelimitedList') return { element: 'String', isList: true, fromSsm: false };
  const element = /^List<(.+)>$/.exec(type)?.[1];
  return { element: element ?? type, isList: element !== undefined, fromSsm: false };
}

/** Whether values of the type must be there in the account. */
export function namesSomething(element: string): boolean {
  return named.includes(element) || element === 'AWS::SSM::Parameter::Name';
}
