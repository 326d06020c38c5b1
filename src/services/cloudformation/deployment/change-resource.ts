import { judge } from '../domain/plan.ts';
import { isTouched } from '../domain/stack.ts';
import type { Change, Desired, StackResource } from '../domain/stack-resource.ts';
import type { Run, Tale } from './run.ts';

const REPLACING =
  'Requested update requires the creation of a new physical resource; hence creating one.';

/**
 * Brings a resource to what it is to be, or leaves it where it is that already.
 *
 * @returns the resource as recorded
 * @throws what its type's functions throw, once the change has begun
 */
export async function bring(run: Run, standing: StackResource, desired: Desired): Promise<void> {
  const { now } = standing;
  const verdict = judge(run.type(standing.type), now, desired);
  const settled = run.phase;
  switch (verdict.action) {
    case 'none':
      // what it depends on, its policies and metadata are kept without an event, as on AWS
      await run.record({ ...standing, now: { ...now!, ...desired }, settled });
      return;
    case 'create':
    case 'update':
    case 'replace':
      await carryOn(run, await begin(run, standing, verdict.action, desired));
  }
}

/** Takes up a change that has begun, where it stands. */
export async function carryOn(run: Run, standing: StackResource): Promise<void> {
  const change = standing.change!;
  const type = run.type(standing.type);
  const { token, desired } = change;
  let made = standing;
  if (change.kind === 'update') {
    const now = standing.now!;
    const context = run.context(standing, token, desired.tags);
    await type.update?.(now.id, desired.properties, now.properties, context);
  } else if (!change.initiated) {
    const context = run.context(standing, token, desired.tags);
    made = await initiated(run, standing, await type.create(desired.properties, context));
  }
  const waiting = run.context(standing, token, desired.tags, 'cancellable');
  await type.stabilize?.(made.now!.id, waiting);
  await complete(run, made, change);
}

async function begin(
  run: Run,
  standing: StackResource,
  kind: Change['kind'],
  desired: Desired,
): Promise<StackResource> {
  const { id: operation } = run.operation;
  const change: Change = { kind, operation, token: run.platform.ids.uuid(), desired };
  const added = kind === 'create' ? { added: true as const } : {};
  const status = kind === 'create' ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS';
  const begun: StackResource = { ...touched(run, standing), ...added, status, change };
  const reason = kind === 'replace' ? REPLACING : undefined;
  return tell(run, begun, reason);
}

async function initiated(run: Run, standing: StackResource, id: string): Promise<StackResource> {
  const { now, change, previous, spares = [] } = standing;
  const desired = change!.desired;
  // a second replacement since the state to go back to leaves the first one's to be deleted
  const displaced = !now
    ? {}
    : previous || standing.added
      ? { spares: [...spares, now] }
      : { previous: now };
  const next: StackResource = {
    ...{ ...standing, ...displaced },
    now: { ...desired, id },
    change: { ...change!, initiated: true },
  };
  return tell(run, next, 'Resource creation Initiated');
}

async function complete(run: Run, standing: StackResource, { kind, desired }: Change) {
  const { change: _, ...rest } = standing;
  const { now, previous } = standing;
  const status = kind === 'create' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE';
  const before = kind === 'update' && !standing.added ? { previous: previous ?? now! } : {};
  const done = { ...rest, ...before, status, settled: run.phase } as const;
  return tell(run, { ...done, now: { ...desired, id: now!.id } });
}

/** Records a failure and the event that tells why. */
export async function fail(run: Run, standing: StackResource, reason: string): Promise<void> {
  const status = isCreation(standing) ? 'CREATE_FAILED' : 'UPDATE_FAILED';
  await tell(run, { ...standing, status, settled: run.phase }, reason);
}

/** Whether what is done to it, or was to begin, makes it for the first time. */
export function isCreation({ change, now }: StackResource): boolean {
  return change ? change.kind === 'create' : !now;
}

/**
 * Records a resource with an event of its present status.
 * @param before the status of an event of the same moment that comes first
 */
export async function tell(
  run: Run,
  { statusReason: _before, ...resource }: StackResource,
  reason?: string,
  before?: StackResource['status'],
): Promise<StackResource> {
  const { status, now, change } = resource;
  const properties = (change?.desired ?? now)?.properties;
  const told: StackResource =
    reason === undefined ? resource : { ...resource, statusReason: reason };
  const tale: Tale = {
    status,
    ...(now && { physicalId: now.id }),
    ...(reason !== undefined && { reason }),
    ...(properties && { properties: JSON.stringify(properties) }),
  };
  await run.record(told, ...(before ? [{ ...tale, status: before }] : []), tale);
  return told;
}

/** A resource that an operation has come to, with nothing left of the operations before. */
export function touched(run: Run, standing: StackResource): StackResource {
  if (isTouched(standing, run.stack)) return standing;
  const { added: _added, previous: _previous, settled: _settled, ...rest } = standing;
  return { ...rest, base: run.operation.base };
}
