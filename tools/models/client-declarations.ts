import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** What a client's type declarations say in their comments; texts are HTML. */
export interface ClientDeclarations {
  readonly operations: ReadonlyMap<string, OperationComment>;
  /** By structure, then by member. */
  readonly members: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export interface OperationComment {
  readonly text: string;
  /** Names of error structures. */
  readonly throws: readonly string[];
}

/**
 * Reads a client's declarations line by line. They are generated, so their layout is regular: a
 * comment stands right before what it describes, and each member on a line of its own.
 */
export async function clientDeclarations(packageName: string): Promise<ClientDeclarations> {
  const types = join(fileURLToPath(import.meta.resolve(packageName)), '../../dist-types');
  const operations = new Map<string, OperationComment>();
  const members = new Map<string, Map<string, string>>();
  for (const lines of await declarations(join(types, 'commands'))) {
    for (const { line, comment } of commentedLines(lines)) {
      const name = /^export declare class (\w+)Command extends/.exec(line)?.[1];
      if (name) operations.set(name, operationComment(comment));
    }
  }
  for (const lines of await declarations(join(types, 'models'))) readMembers(lines, members);
  return { operations, members };
}

async function declarations(folder: string): Promise<string[][]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.d.ts')).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts.map((text) => text.split('\n'));
}

/** Each line of code with the comment before it, or with none. */
function* commentedLines(lines: readonly string[]): Generator<{ line: string; comment: string }> {
  let comment: string[] = [];
  let inside = false;
  for (const line of lines) {
    const text = line.trimStart();
    if (text.startsWith('/**')) comment = [];
    inside ||= text.startsWith('/**');
    if (inside) {
      comment.push(text.replace(/^(\/\*\*|\*\/|\* ?)/, ''));
      inside = !text.endsWith('*/');
    } else {
      yield { line, comment: comment.join('\n') };
      comment = [];
    }
  }
}

function operationComment(comment: string): OperationComment {
  const thrown = [...comment.matchAll(/^@throws \{@link (\w+)\} \(/gm)].map(([, name]) => name!);
  return { text: beforeTags(comment), throws: thrown };
}

function readMembers(lines: readonly string[], members: Map<string, Map<string, string>>): void {
  let structure: Map<string, string> | undefined;
  for (const { line, comment } of commentedLines(lines)) {
    // A name that JavaScript has already, like S3's Object, carries an underscore.
    const name = /^export (?:declare )?(?:interface|class|namespace) _?(\w+)/.exec(line)?.[1];
    if (name) {
      structure = members.get(name) ?? new Map<string, string>();
      members.set(name, structure);
    }
    // A union's member has an interface of its own, `SMember` for `S`, which has the comment.
    const [, variant, member = variant] =
      /^\s+(?:interface (\w+)Member \{|(\w+)\??: )/.exec(line) ?? [];
    const text = beforeTags(comment);
    if (member && text) structure?.set(member, text);
  }
}

/** The comment's text up to its first tag, such as `@public`. */
function beforeTags(comment: string): string {
  const tag = /^@\w+/m.exec(comment);
  return comment.slice(0, tag?.index).trim();
}
