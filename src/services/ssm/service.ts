import { service } from '../../kernel/service.ts';
import { OwnedParameters } from './domain/owned-parameters.ts';
import { Parameters } from './domain/parameters.ts';
import { SecureStrings } from './domain/secure-strings.ts';
import { deleteParameter } from './operations/delete-parameter.ts';
import { getParameter } from './operations/get-parameter.ts';
import { getParametersByPath } from './operations/get-parameters-by-path.ts';
import { getParameters } from './operations/get-parameters.ts';
import { putParameter } from './operations/put-parameter.ts';
import type { SsmScope } from './scope.ts';

export const ssm = service<SsmScope>({
  name: 'ssm',
  operations: [deleteParameter, getParameter, getParameters, getParametersByPath, putParameter],
  create(platform) {
    const { store, clock, ids } = platform;
    const secureStrings = new SecureStrings(store, ids);
    const parameters = new Parameters(new OwnedParameters(store), secureStrings);
    return { scope: { clock, platform, parameters, secureStrings } };
  },
});
