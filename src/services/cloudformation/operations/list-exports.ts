import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { page } from '../domain/page.ts';
import type { CloudFormationScope } from '../scope.ts';

const PAGE_SIZE = 100;

export const listExports = operation(model.ListExports, {
  async handle({ NextToken }, { stacks, caller }: CloudFormationScope) {
    const exported = (await stacks.list(caller))
      .filter(({ deletedAtMs }) => deletedAtMs === undefined)
      .flatMap(({ id, outputs }) =>
        outputs.flatMap(({ exportName: Name, value: Value }) =>
          Name === undefined ? [] : { ExportingStackId: id, Name, Value },
        ),
      )
      .toSorted((one, other) => (one.Name < other.Name ? -1 : 1));
    const { items, ...more } = page(exported, NextToken, PAGE_SIZE);
    return { Exports: items, ...more };
  },
});
