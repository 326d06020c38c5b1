import type { ServiceDocs } from '../../src/models/docs.ts';
import type { ServiceModel } from '../../src/models/model.ts';
import type { ClientDeclarations } from './client-declarations.ts';
import { plainText } from './plain-text.ts';

/** Enough for a page of help, in characters. */
const OPERATION_LIMIT = 600;
const MEMBER_LIMIT = 200;

/** The documentation of everything in the model that has some. */
export function docsOf(model: ServiceModel, declarations: ClientDeclarations): ServiceDocs {
  const operations = Object.keys(model.operations).map((name) => {
    const html = declarations.operations.get(name)?.text ?? '';
    return [name, plainText(html, OPERATION_LIMIT)] as const;
  });
  const members = Object.entries(model.shapes).map(([name, shape]) => {
    const names = 'members' in shape ? Object.keys(shape.members) : [];
    return [name, textsOf(names, declarations.members.get(name))] as const;
  });
  return {
    operations: Object.fromEntries(operations.filter(([, text]) => text !== '')),
    members: Object.fromEntries(members.filter(([, texts]) => Object.keys(texts).length > 0)),
  };
}

function textsOf(
  members: readonly string[],
  comments: ReadonlyMap<string, string> | undefined,
): Record<string, string> {
  const texts = members.map(
    (name) => [name, plainText(comments?.get(name) ?? '', MEMBER_LIMIT)] as const,
  );
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}
