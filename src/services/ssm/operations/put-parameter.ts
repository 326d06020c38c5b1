import { AwsError } from '../../../kernel/aws-error.ts';
import { operation } from '../../../kernel/operation.ts';
import { DescribeImages } from '../../../models/generated/ec2.ts';
import * as model from '../../../models/generated/ssm.ts';
import { newVersion } from '../domain/new-version.ts';
import { checkNewName, parameterArn } from '../domain/parameter-name.ts';
import type { ParameterRecord, ParameterVersion } from '../domain/parameter-record.ts';
import { onParameters } from '../domain/permissions.ts';
import { withTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { SsmScope } from '../scope.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html */
const MAX_VERSIONS = 100;

export const putParameter = operation(model.PutParameter, {
  authorize: (input, { caller }: SsmScope) => onParameters('PutParameter', [input.Name], caller),
  async handle(input, scope) {
    const { caller, clock, parameters, secureStrings } = scope;
    const { Name: name = '', Overwrite: overwrite = false } = input;
    if (input.Policies) throw errors.parameterNotImplemented('PutParameter', 'Policies');
    if (overwrite && input.Tags?.length) {
      throw errors.validation(
        "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
      );
    }
    checkNewName(caller, name);
    const arn = parameterArn(caller, name);
    const enciphered = await secureStrings.encipher(caller, arn, input.Value ?? '');
    const dataType = input.DataType ?? (await parameters.owned.find(caller, name))?.latest.dataType;
    if (dataType === 'aws:ec2:image') await checkImage(input.Value ?? '', scope);
    const { latest } = await parameters.owned.change(caller, name, (standing): ParameterRecord => {
      if (standing && !overwrite) throw errors.parameterAlreadyExists();
      const asked = newVersion(input, standing?.latest, caller);
      const next: ParameterVersion = {
        ...asked,
        value: asked.type === 'SecureString' ? enciphered : asked.value,
        version: (standing?.latest.version ?? 0) + 1,
        modifiedAtMs: clock.now(),
        modifiedBy: caller.principal.arn,
      };
      if (standing) return superseded(standing, next);
      const tags = withTags({}, input.Tags ?? [], caller);
      return { name, arn, latest: next, oldest: 1, labels: {}, tags };
    });
    return { Version: latest.version, Tier: latest.tier };
  },
});

/** The oldest version makes room for the newest, unless a label holds it. */
function superseded(standing: ParameterRecord, next: ParameterVersion): ParameterRecord {
  const oldest = Math.max(standing.oldest, next.version - MAX_VERSIONS + 1);
  const lost = standing.oldest < oldest ? standing.oldest : undefined;
  if (lost !== undefined && Object.values(standing.labels).includes(lost)) {
    throw errors.tooManyVersions(standing.name, lost);
  }
  return { ...standing, latest: next, oldest };
}

/** AWS looks for the image later and drops the parameter in silence; here the request is refused. */
async function checkImage(imageId: string, { caller, platform }: SsmScope): Promise<void> {
  try {
    await platform.invoke(caller, DescribeImages, { ImageIds: [imageId] });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw errors.validation(`Parameter value is not a valid aws:ec2:image: ${error.message}`);
  }
}
