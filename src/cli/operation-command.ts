import { writeFileSync } from 'node:fs';
import { search } from 'jmespath';
import { shapeOf, structureOf, membersOf } from '../gateway/protocols/shapes.ts';
import type { Fields } from '../gateway/protocols/protocol.ts';
import { loadPaginators } from '../models/load.ts';
import type { Paginator } from '../models/paginator.ts';
import { admit } from './arguments/admit.ts';
import { argumentsOf, type Argument, type Command } from './arguments/argument.ts';
import { finish } from './arguments/customizations.ts';
import type { GlobalOptions } from './arguments/global-options.ts';
import { pagingOf, withPaging, type PagedTable } from './arguments/paging-arguments.ts';
import {
  parseArguments,
  requireArguments,
  type ParsedArguments,
} from './arguments/parse-arguments.ts';
import { skeleton } from './arguments/skeleton.ts';
import { inputFromJson, inputOf } from './build-input.ts';
import { Client } from './client.ts';
import { configure, type Configuration } from './configuration.ts';
import { exitCodes, Failure, usageError } from './failure.ts';
import { merged, pages, type Paging } from './paginate.ts';
import { formatJson } from './output/json.ts';
import { printable, type Printable } from './output/printable.ts';
import { present } from './output/present.ts';
import { page } from './output/pager.ts';
import { wantsColour, type Terminal } from './terminal.ts';

/** What an operation was asked to do, read and checked. */
interface Order {
  readonly command: Command;
  readonly input: Fields;
  readonly paginator?: Paginator;
  readonly paging?: Paging;
  /** Where a streamed body goes. */
  readonly outFile?: string;
}

/** Runs one operation and prints what it answers. */
export async function runOperation(
  command: Command,
  words: readonly string[],
  options: GlobalOptions,
  terminal: Terminal,
): Promise<void> {
  checkQuery(options.query);
  const configuration = configure(options, terminal.environment, command.model.sdkId);
  const parsed = parseOrder(command, words, options, configuration);
  if ('skeleton' in parsed) terminal.out(formatJson(parsed.skeleton));
  else await carryOut(parsed, configuration, options, terminal);
}

/** The flags of an operation with all that the command line adds. */
export function tableOf(command: Command): PagedTable {
  const paginator = loadPaginators(command.model.service)[command.operation];
  const table = argumentsOf(command);
  for (const argument of [inputJson, generateSkeleton]) table.set(argument.name, argument);
  return paginator ? withPaging(command, table, paginator) : { table, hidden: new Map() };
}

const inputJson: Argument = {
  name: 'cli-input-json',
  takes: 'one',
  help: 'The whole input as JSON, or as file://. Flags come before it.',
  apply: () => {},
};

const generateSkeleton: Argument = {
  name: 'generate-cli-skeleton',
  takes: 'optional',
  help: 'Print an example of the input, or of the output, and call nothing.',
  apply: () => {},
};

function parseOrder(
  command: Command,
  words: readonly string[],
  options: GlobalOptions,
  { binaryFormat }: Configuration,
): Order | { readonly skeleton: Printable } {
  const { model, operation } = command;
  const paged = tableOf(command);
  const parsed = parseArguments(words, paged.table);
  const { typed } = parsed;
  const operationModel = model.operations[operation]!;
  const kind = typed.get(generateSkeleton);
  if (kind === true || kind === 'input') return { skeleton: skeleton(model, operationModel.input) };
  if (kind === 'output') return { skeleton: skeleton(model, operationModel.output) };
  if (kind !== undefined) {
    throw usageError('argument --generate-cli-skeleton: valid choices are: input, output');
  }
  const json = typed.get(inputJson);
  if (json === undefined) requireArguments(paged.table, typed);
  const outFile = outFileOf(command, parsed);
  const paginator = loadPaginators(model.service)[operation];
  const paging = paginator && options.paginate ? pagingOf(paginator, parsed, paged) : undefined;
  const visible = paging ? typed : unhide(parsed, paged);
  const input = { ...(json !== undefined && inputFromJson(String(json))), ...inputOf(visible) };
  finish(command, input);
  const tokens = paging?.start?.tokens ?? {};
  const admitted = admit(model, operationModel.input, { ...input, ...tokens }, binaryFormat);
  return {
    command,
    input: admitted,
    ...(paginator && paging && { paginator, paging: withTypedTokens(paging, admitted) }),
    ...(outFile !== undefined && { outFile }),
  };
}

/** A typed token is JSON: its values take the model's types, and leave the input again. */
function withTypedTokens(paging: Paging, admitted: Fields): Paging {
  if (!paging.start) return paging;
  const tokens: Fields = {};
  for (const name of Object.keys(paging.start.tokens)) {
    tokens[name] = admitted[name];
    delete admitted[name];
  }
  return { ...paging, start: { ...paging.start, tokens } };
}

/** Without paging, flags that paging hides are the model's again. */
function unhide({ typed }: ParsedArguments, { hidden }: PagedTable): ParsedArguments['typed'] {
  return new Map(
    [...typed].map(([argument, value]) => [hidden.get(argument.name) ?? argument, value]),
  );
}

/** Operations that answer with a stream take the name of a file for it, and nothing else does. */
function outFileOf(command: Command, { positional }: ParsedArguments): string | undefined {
  const [file, ...rest] = positional;
  const takesFile = streamedMember(command) !== undefined;
  if (takesFile && file === undefined) {
    throw usageError('the following arguments are required: outfile');
  }
  const unknown = takesFile ? rest : positional;
  if (unknown.length > 0) throw usageError(`Unknown options: ${unknown.join(', ')}`);
  return file;
}

function streamedMember({ model, operation }: Command): string | undefined {
  const shape = structureOf(model, model.operations[operation]!.output);
  return membersOf(shape).find(
    ([, member]) => member.location === 'payload' && shapeOf(model, member.shape).type === 'blob',
  )?.[0];
}

async function carryOut(
  order: Order,
  configuration: Configuration,
  options: GlobalOptions,
  terminal: Terminal,
): Promise<void> {
  const { command, input, paginator, paging } = order;
  const trace = options.debug ? (line: string): void => terminal.error(`${line}\n`) : undefined;
  const client = new Client(configuration, options, trace);
  const call = callOf(command);
  const show = (value: Printable): Promise<void> =>
    print(command.operation, value, configuration, options, terminal);
  if (!paginator || !paging) {
    const { output } = await client.call(call, input);
    await show(printable(keepStream(order, output)));
    return;
  }
  const ask = async (tokens: Fields): Promise<Fields> => {
    const { output } = await client.call(call, { ...input, ...tokens });
    return output;
  };
  const all = pages(paginator, ask, paging);
  if (configuration.output !== 'text') {
    await show(await merged(all, paginator));
    return;
  }
  // Text is shown page by page, each through the query by itself, as the AWS CLI does.
  for await (const { fields, resumeToken } of all) {
    await show(fields);
    if (resumeToken !== undefined) await show({ NextToken: { NextToken: resumeToken } });
  }
}

function callOf({ model, operation }: Command) {
  return { model, name: operation, operation: model.operations[operation]! };
}

function keepStream({ command, outFile }: Order, output: Fields): Fields {
  const key = streamedMember(command);
  if (key === undefined || outFile === undefined) return output;
  const { [key]: body, ...rest } = output;
  writeFileSync(outFile, (body as Uint8Array | undefined) ?? '');
  return rest;
}

/** A query that does not parse is refused before anything is called. */
function checkQuery(query: string | undefined): void {
  if (query === undefined) return;
  try {
    search({}, query);
  } catch (error) {
    const { name, message } = error as Error;
    if (name !== 'ParserError' && name !== 'LexerError') return;
    throw usageError(`Bad value for --query ${query}: ${message}`);
  }
}

async function print(
  title: string,
  value: Printable,
  { output: format, pager }: Configuration,
  { query, color }: GlobalOptions,
  terminal: Terminal,
): Promise<void> {
  const picked = query === undefined ? value : pick(value, query);
  const colour = wantsColour(terminal, color);
  const { widthColumns } = terminal;
  await page(await present(title, picked, { format, widthColumns, colour }), terminal, pager);
}

function pick(value: Printable, query: string): Printable {
  try {
    return (search(value, query) as Printable | undefined) ?? null;
  } catch (cause) {
    throw new Failure(
      `Bad value for --query ${query}: ${(cause as Error).message}`,
      exitCodes.general,
    );
  }
}
