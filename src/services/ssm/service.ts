import { service } from '../../kernel/service.ts';
import { OwnedParameters } from './domain/owned-parameters.ts';
import { Parameters } from './domain/parameters.ts';
import { SecureStrings } from './domain/secure-strings.ts';
import { addTagsToResource } from './operations/add-tags-to-resource.ts';
import { deleteParameter } from './operations/delete-parameter.ts';
import { deleteParameters } from './operations/delete-parameters.ts';
import { describeParameters } from './operations/describe-parameters.ts';
import { getParameter } from './operations/get-parameter.ts';
import { getParameterHistory } from './operations/get-parameter-history.ts';
import { getParameters } from './operations/get-parameters.ts';
import { getParametersByPath } from './operations/get-parameters-by-path.ts';
import { labelParameterVersion } from './operations/label-parameter-version.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { putParameter } from './operations/put-parameter.ts';
import { removeTagsFromResource } from './operations/remove-tags-from-resource.ts';
import { unlabelParameterVersion } from './operations/unlabel-parameter-version.ts';
import { parameter } from './resources/parameter.ts';
import type { SsmScope } from './scope.ts';

export const ssm = service<SsmScope>({
  name: 'ssm',
  operations: [
    addTagsToResource,
    deleteParameter,
    deleteParameters,
    describeParameters,
    getParameter,
    getParameterHistory,
    getParameters,
    getParametersByPath,
    labelParameterVersion,
    listTagsForResource,
    putParameter,
    removeTagsFromResource,
    unlabelParameterVersion,
  ],
  resourceTypes: [parameter],
  create(platform) {
    const { store, clock, ids } = platform;
    const secureStrings = new SecureStrings(store, ids);
    const parameters = new Parameters(new OwnedParameters(store), secureStrings);
    return { scope: { clock, platform, parameters, secureStrings } };
  },
});
