import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listed } from './listed.ts';

/**
 * Makes sure that a service has a folder with `scope.ts` and `service.ts`, and its line in
 * `services/index.ts`.
 *
 * @returns the paths written; none where the service is there already
 */
export function newService(root: string, service: string): string[] {
  const services = join(root, 'src', 'services');
  const table = join(services, service, 'service.ts');
  if (existsSync(table)) return [];
  const scope = join(services, service, 'scope.ts');
  const index = join(services, 'index.ts');
  const indexed = listed(readFileSync(index, 'utf8'), {
    name: service,
    path: `./${service}/service.ts`,
    list: /services: readonly AnyService\[\] = \[([^\]]*)\]/,
  });

  mkdirSync(join(services, service), { recursive: true });
  writeFileSync(scope, scopeSource(service));
  writeFileSync(table, serviceSource(service));
  writeFileSync(index, indexed);
  return [scope, table, index];
}

function scopeSource(service: string): string {
  return `import type { Scope } from '../../kernel/operation.ts';

/** What the handlers of ${service} are given. */
export interface ${scopeName(service)} extends Scope {}
`;
}

function serviceSource(service: string): string {
  return `import { service } from '../../kernel/service.ts';
import type { ${scopeName(service)} } from './scope.ts';

export const ${service} = service<${scopeName(service)}>({
  name: '${service}',
  operations: [],
  create: () => ({ scope: {} }),
});
`;
}

function scopeName(service: string): string {
  return `${service[0]!.toUpperCase()}${service.slice(1)}Scope`;
}
