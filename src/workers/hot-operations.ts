import type { HttpRequest } from '../gateway/http/message.ts';
import type { AnyService } from '../kernel/service.ts';
import { loadModel } from '../models/load.ts';

/** The operations that every worker serves: those on items, which skip the model's walk. */
export function hotServices(services: readonly AnyService[]): readonly AnyService[] {
  return services
    .map((service) => ({
      ...service,
      operations: service.operations.filter(({ wire }) => wire === true),
      resourceTypes: [],
    }))
    .filter(({ operations }) => operations.length > 0);
}

/** Whether a request is for one of the services' operations, by its target header alone. */
export function targetsOf(services: readonly AnyService[]): (request: HttpRequest) => boolean {
  const targets = new Set(
    services.flatMap(({ name, operations }) =>
      operations.map(({ ref }) => `${loadModel(name).targetPrefix}.${ref.name}`),
    ),
  );
  return ({ headers }) => targets.has(headers['x-amz-target'] ?? '');
}
