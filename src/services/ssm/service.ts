import { service } from '../../kernel/service.ts';
import { Parameters } from './domain/parameters.ts';
import { getParameter } from './operations/get-parameter.ts';
import { getParametersByPath } from './operations/get-parameters-by-path.ts';
import { getParameters } from './operations/get-parameters.ts';
import type { SsmScope } from './scope.ts';

export const ssm = service<SsmScope>({
  name: 'ssm',
  operations: [getParameter, getParameters, getParametersByPath],
  create: () => ({ scope: { parameters: new Parameters() } }),
});
