import { resourceContext } from '../../../kernel/resource-context.ts';
import { conform } from '../../../models/conform.ts';
import type { CloudFormationScope } from '../scope.ts';
import { type Lookups, NotKnownYet } from '../template/environment.ts';
import { evaluate } from '../template/evaluate.ts';
import type { Resource, Value } from '../template/template.ts';
import { walk } from '../deployment/walk.ts';
import { lookups } from './lookups.ts';
import { outputText } from './output-text.ts';
import { judge, type Verdict } from './plan.ts';
import type { Proposal } from './proposal.ts';
import { schemaOf } from './schemas.ts';
import type { Stack } from './stack.ts';
import type { StackResource } from './stack-resource.ts';

/** What an operation would do to one resource. */
export interface ForeseenChange {
  readonly logicalId: string;
  readonly type: string;
  readonly verdict: Verdict | { readonly action: 'remove' };
  readonly standing?: StackResource;
  readonly definition?: Resource;
  /** What it would be given; what is only known afterwards is `KNOWN_AFTER_APPLY`. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** What has to be made before a property is known, by property. */
  readonly waitsFor: ReadonlyMap<string, NotKnownYet>;
}

/** What AWS's change sets say of a value that is not known yet. */
export const KNOWN_AFTER_APPLY = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** What stands, and what of it a change would make unknown. */
export class Foresight {
  readonly lookups: Lookups;
  readonly standing: ReadonlyMap<string, StackResource>;
  readonly #replaced = new Set<string>();

  constructor(
    scope: CloudFormationScope,
    resources: readonly StackResource[],
    { uuid, name }: Stack,
  ) {
    this.standing = new Map(resources.map((resource) => [resource.logicalId, resource]));
    this.lookups = lookups({
      ...{ platform: scope.platform, stacks: scope.stacks, caller: scope.caller },
      resource: (logicalId) =>
        this.#replaced.has(logicalId) ? undefined : this.standing.get(logicalId),
      // nothing is changed by it, so it needs no token of its own
      context: ({ logicalId }) =>
        resourceContext(scope.platform, {
          ...{ caller: scope.caller, via: 'cloudformation.amazonaws.com', token: uuid },
          ...{ nameStem: `${name}-${logicalId}`, signal: new AbortController().signal },
        }),
    });
  }

  /** What would happen to each resource that something happens to, in order of logical IDs. */
  async changes(proposal: Proposal, { platform }: CloudFormationScope): Promise<ForeseenChange[]> {
    const found: ForeseenChange[] = [];
    await walk(
      proposal.graph,
      async (logicalId) => {
        const change = await this.#change(proposal, logicalId, platform);
        if (change.verdict.action === 'replace') this.#replaced.add(logicalId);
        if (change.verdict.action !== 'none') found.push(change);
        return true;
      },
      () => true,
    );
    for (const [logicalId, standing] of this.standing) {
      if (!standing.now || proposal.graph.has(logicalId)) continue;
      const { type, now } = standing;
      const nothing = { properties: now.properties, waitsFor: new Map<string, NotKnownYet>() };
      found.push({ logicalId, type, standing, verdict: { action: 'remove' }, ...nothing });
    }
    return found.toSorted((one, other) => (one.logicalId < other.logicalId ? -1 : 1));
  }

  async #change(
    { template, environment, revision }: Proposal,
    logicalId: string,
    platform: CloudFormationScope['platform'],
  ): Promise<ForeseenChange> {
    const definition = template.resources.get(logicalId)!;
    const { type } = definition;
    const standing = this.standing.get(logicalId);
    const waitsFor = new Map<string, NotKnownYet>();
    const given: Record<string, Value> = {};
    for (const [name, value] of Object.entries(definition.properties)) {
      try {
        const known = await evaluate(value, environment);
        if (known !== undefined) given[name] = known;
      } catch (error) {
        if (!(error instanceof NotKnownYet)) throw error;
        waitsFor.set(name, error);
      }
    }
    const built = platform.resourceType(type)!;
    // what the schema refuses is refused when it is made: some of it may not be known yet
    const properties: Record<string, unknown> = { ...conform(schemaOf(type), given).properties };
    for (const name of waitsFor.keys()) properties[name] = KNOWN_AFTER_APPLY;
    const desired = { properties, tags: revision.tags };
    const verdict = judge(built, standing?.now, desired);
    const common = { logicalId, type, verdict, definition, properties, waitsFor };
    return standing ? { ...common, standing } : common;
  }
}

/** Whether an operation on the stack would change nothing, outputs and tags neither. */
export async function changesNothing(
  stack: Stack,
  proposal: Proposal,
  changes: readonly ForeseenChange[],
): Promise<boolean> {
  if (changes.length > 0) return false;
  const { template, environment } = proposal;
  const wanted: string[] = [];
  for (const [key, { value, exportName, condition }] of template.outputs) {
    if (condition !== undefined && environment.conditions.get(condition) !== true) continue;
    const exported = exportName === undefined ? undefined : await evaluate(exportName, environment);
    wanted.push(
      JSON.stringify([key, outputText(key, await evaluate(value, environment)), exported]),
    );
  }
  const standing = stack.outputs.map(({ key, value, exportName }) =>
    JSON.stringify([key, value, exportName]),
  );
  return wanted.toSorted().join() === standing.toSorted().join();
}
