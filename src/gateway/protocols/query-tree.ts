import { AwsError } from '../../kernel/aws-error.ts';
import { maxDepth } from './shapes.ts';

/** Parameters `A.1.B=x` as a tree: A → 1 → B, with `x` at the leaf. */
export interface QueryNode {
  value?: string;
  children?: Map<string, QueryNode>;
}

/** The pairs of a form, in order. Bytes that are not percent-encoded UTF-8 are malformed. */
export function parseForm(text: string): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (const part of text.split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const name = at === -1 ? part : part.slice(0, at);
    pairs.push([decodeFormText(name), at === -1 ? '' : decodeFormText(part.slice(at + 1))]);
  }
  return pairs;
}

function decodeFormText(text: string): string {
  try {
    return decodeURIComponent(text.includes('+') ? text.replaceAll('+', ' ') : text);
  } catch {
    throw malformedQueryString();
  }
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
export function malformedQueryString(): AwsError {
  return new AwsError('MalformedQueryString', 'The query string contains a syntax error');
}

/** A parameter given twice keeps its first value. */
export function queryTree(pairs: Iterable<readonly [string, string]>): QueryNode {
  const root: QueryNode = {};
  for (const [name, value] of pairs) {
    const steps = name.split('.', maxDepth + 1);
    if (steps.length > maxDepth) throw malformedQueryString();
    let node = root;
    for (const step of steps) {
      node.children ??= new Map();
      let child = node.children.get(step);
      if (!child) node.children.set(step, (child = {}));
      node = child;
    }
    node.value ??= value;
  }
  return root;
}

/** A list's entries by their numbers, which may start anywhere and leave gaps; `other` are the rest. */
export function numberedChildren(node: QueryNode): {
  readonly items: QueryNode[];
  readonly other: string[];
} {
  const numbered: [number, QueryNode][] = [];
  const other: string[] = [];
  for (const [key, child] of node.children ?? []) {
    if (/^\d{1,9}$/.test(key)) numbered.push([Number(key), child]);
    else other.push(key);
  }
  numbered.sort(([a], [b]) => a - b);
  return { items: numbered.map(([, child]) => child), other };
}
