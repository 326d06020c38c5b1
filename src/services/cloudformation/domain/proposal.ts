import type { Tag } from '@aws-sdk/client-cloudformation';
import * as errors from '../errors.ts';
import type { CloudFormationScope } from '../scope.ts';
import { checkTypes } from '../template/check.ts';
import { type Dependencies, dependencies } from '../template/dependencies.ts';
import { createEnvironment, type Environment, type Lookups } from '../template/environment.ts';
import { type GivenParameter, readParameters } from '../template/parameters.ts';
import { parseTemplate } from '../template/parse.ts';
import { checkRules } from '../template/rules.ts';
import { summarize } from '../template/summary.ts';
import type { Template } from '../template/template.ts';
import { knownTypes, refuseUnbuilt } from './known-types.ts';
import { stackFacts } from './facts.ts';
import { parameterLookups } from './lookups.ts';
import type { Revision, Stack } from './stack.ts';
import type { StackResource } from './stack-resource.ts';

/** Larger ones have to come from S3. */
const MAX_BODY_BYTES = 51_200;

/** How CreateStack, UpdateStack and CreateChangeSet say what a stack shall be. */
export interface ProposalInput {
  readonly TemplateBody?: string;
  readonly TemplateURL?: string;
  readonly UsePreviousTemplate?: boolean;
  readonly Parameters?: readonly GivenParameter[];
  readonly Capabilities?: readonly string[];
  readonly Tags?: readonly Tag[];
}

/** What a stack shall be, checked as far as that can be without making anything. */
export interface Proposal {
  readonly revision: Revision;
  readonly body: string;
  readonly template: Template;
  readonly environment: Environment;
  readonly graph: Dependencies;
}

/**
 * Reads and checks what a stack is asked to be.
 *
 * @param templateId what the template's text is to be kept under
 * @param look what the template can ask of what is there already
 * @throws ValidationError, InsufficientCapabilitiesException, NotImplemented: nothing has been made
 */
export async function propose(
  scope: CloudFormationScope,
  input: ProposalInput,
  stack: Stack,
  templateId: string,
  look: Lookups,
): Promise<Proposal> {
  const body = await bodyOf(scope, input, stack);
  const template = await parseTemplate(body);
  checkTypes(template, knownTypes);
  const previous = new Map(
    (stack.revision?.parameters ?? []).map(([name, { given }]) => [name, given]),
  );
  const parameters = await readParameters(
    template,
    input.Parameters ?? [],
    previous,
    parameterLookups(scope.platform, scope.caller),
  );
  checkCapabilities(template, input.Capabilities ?? []);
  const environment = await createEnvironment(template, {
    ...{ parameters, stack: stackFacts(stack), lookups: look },
  });
  await checkRules(template, environment);
  const graph = dependencies(template, environment.conditions);
  refuseUnbuilt(template, scope.platform);
  const tags = input.Tags ? tagsOf(input.Tags) : (stack.revision?.tags ?? {});
  const revision: Revision = {
    ...{ templateId, tags, parameters: [...parameters], capabilities: input.Capabilities ?? [] },
    ...(template.description !== undefined && { description: template.description }),
  };
  return { revision, body, template, environment, graph };
}

/** @throws ValidationError where a logical ID would become another type's */
export function checkSameTypes({ template }: Proposal, resources: readonly StackResource[]): void {
  const changed = resources
    .filter(({ logicalId, type, now }) => {
      const wanted = template.resources.get(logicalId)?.type;
      return now !== undefined && wanted !== undefined && wanted !== type;
    })
    .map(({ logicalId }) => logicalId);
  if (changed.length === 0) return;
  throw errors.validation(
    `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changed.join(', ')}]`,
  );
}

/**
 * The template's text out of a request.
 * @throws ValidationError, NotImplemented for one that has to be fetched
 */
export function givenBody({ TemplateBody, TemplateURL }: ProposalInput): string | undefined {
  if (TemplateURL !== undefined) throw errors.notBuilt('the parameter TemplateURL');
  if (TemplateBody !== undefined && Buffer.byteLength(TemplateBody) > MAX_BODY_BYTES) {
    throw errors.validation(
      `1 validation error detected: Value '${TemplateBody}' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${MAX_BODY_BYTES}`,
    );
  }
  return TemplateBody;
}

async function bodyOf(
  { stacks }: CloudFormationScope,
  input: ProposalInput,
  stack: Stack,
): Promise<string> {
  const given = givenBody(input);
  if (input.UsePreviousTemplate === true) {
    if (given !== undefined) {
      throw errors.validation('Only one of UsePreviousTemplate, TemplateBody may be specified.');
    }
    if (!stack.revision) throw errors.validation('The stack has no template to use again.');
    return stacks.template(stack, stack.revision.templateId);
  }
  if (given === undefined) {
    throw errors.validation('Either Template URL or Template Body must be specified.');
  }
  return given;
}

function checkCapabilities(template: Template, given: readonly string[]): void {
  const { Capabilities: needed = [] } = summarize(template);
  // whoever allows names to be given allows the rest
  const allowed = new Set(
    given.includes('CAPABILITY_NAMED_IAM') ? [...given, 'CAPABILITY_IAM'] : given,
  );
  const missing = needed.filter((capability) => !allowed.has(capability));
  if (missing.length > 0) throw errors.insufficientCapabilities(missing);
}

function tagsOf(tags: readonly Tag[]): Record<string, string> {
  const keys = tags.map(({ Key = '' }) => Key);
  const reserved = keys.find((name) => name.startsWith('aws:'));
  if (reserved !== undefined) {
    throw errors.validation(`Tag keys that start with aws: are reserved: ${reserved}`);
  }
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}
