import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudformation.ts';
import { page } from '../domain/page.ts';
import { validation } from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';

const PAGE_SIZE = 100;

export const listImports = operation(model.ListImports, {
  async handle({ ExportName: name = '', NextToken }, { stacks, caller }: CloudFormationScope) {
    const importing = (await stacks.list(caller))
      .filter(({ deletedAtMs, imports }) => deletedAtMs === undefined && imports?.includes(name))
      .map((stack) => stack.name)
      .toSorted();
    if (importing.length === 0) throw validation(`Export '${name}' is not imported by any stack.`);
    const { items, ...more } = page(importing, NextToken, PAGE_SIZE);
    return { Imports: items, ...more };
  },
});
