import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NoDisks } from '../../../../compute/disks.ts';
import { MockDriver } from '../../../../compute/mock/mock-driver.ts';
import { rootPrincipal, type Caller } from '../../../../kernel/caller.ts';
import { MovableClock } from '../../../../kernel/clock.ts';
import { Ids } from '../../../../kernel/ids.ts';
import { Registry } from '../../../../kernel/registry.ts';
import type { Platform } from '../../../../kernel/service.ts';
import * as model from '../../../../models/generated/ec2.ts';
import type { OperationRef } from '../../../../models/ref.ts';
import { LmdbEngine } from '../../../../storage/lmdb/lmdb-engine.ts';
import { Records } from '../../../../storage/records.ts';
import { Workflows, type Checkpoint } from '../../../../workflows/workflows.ts';
import { ssm } from '../../../ssm/service.ts';
import { ec2 } from '../../service.ts';

const caller: Caller = {
  account: '000000000000',
  region: 'us-east-1',
  principal: rootPrincipal('000000000000'),
};
const log = pino({ level: 'silent' });
const AvailabilityZone = 'us-east-1a';
const tiny = 'resolve:ssm:/aws/service/alacarte/tiny';

let directory: string;
let clock: MovableClock;
let closers: (() => Promise<void>)[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ec2-recovery-'));
  clock = new MovableClock(Date.UTC(2026, 0, 1));
  closers = [];
});
afterEach(async () => {
  for (const close of closers) await close();
  rmSync(directory, { recursive: true });
});

/** EC2 in one process on the test's directory; `close` ends it as a kill would, wherever it stands. */
async function startProcess({
  checkpoint,
  driver = new MockDriver({ clock, directory: join(directory, 'machines') }),
}: { checkpoint?: Checkpoint; driver?: MockDriver } = {}) {
  const store = new LmdbEngine(join(directory, 'store'), { durable: false });
  const workflows = new Workflows({ store, clock, log }, checkpoint);
  const ids = new Ids();
  const invoke = async <Input, Output>(_: Caller, ref: OperationRef<Input, Output>, input: Input) =>
    (await registry.serve(ref, caller, 'test').handle(input)) as Output;
  const disks = new NoDisks();
  const compute = {
    driver,
    of: () => driver,
    disks,
    serveMetadata: () => {},
    close: () => driver.close(),
  };
  const platform = { store, clock, ids, workflows, compute, log, invoke };
  const registry = new Registry([ec2, ssm], platform as unknown as Platform, () =>
    Promise.resolve(),
  );
  for (const workflow of registry.workflows) workflows.register(workflow);
  await workflows.resume();
  const stops = await Promise.all(registry.controllers.map((each) => each.start()));
  let closed: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    for (const stop of stops) await stop();
    await workflows.close();
    await store.close();
  };
  const close = (): Promise<void> => (closed ??= end());
  closers.push(close);
  const call = <Input, Output>(ref: OperationRef<Input, Output>, input: Input) =>
    invoke(caller, ref, input);
  return {
    call,
    close,
    driver,
    workflows,
    async launch(count = 1, change = {}) {
      const { Instances = [] } = await call(model.RunInstances, {
        ImageId: tiny,
        MinCount: count,
        MaxCount: count,
        ...change,
      });
      return Instances.map((instance) => instance.InstanceId!);
    },
    async states() {
      const { Reservations = [] } = await call(model.DescribeInstances, {});
      return Reservations.flatMap(({ Instances = [] }) =>
        Instances.map((each) => each.State?.Name),
      );
    },
    async instance() {
      const { Reservations = [] } = await call(model.DescribeInstances, {});
      return Reservations[0]!.Instances![0]!;
    },
    /** The public addresses that are taken. */
    async claims() {
      const claims = new Records<{ address: string }>(store, 'ec2', 'public-address');
      return (await claims.list()).map(({ address }) => address);
    },
    async power() {
      return (await driver.list()).map((machine) => machine.power);
    },
  };
}

class Killed extends Error {}

describe('a process that is killed while it launches an instance', () => {
  const steps = ['create machine', 'power on', 'record running'];
  const places = steps.flatMap((step) =>
    (['before', 'done', 'recorded'] as const).map((when) => [step, when] as const),
  );
  it.each(places)('at "%s", %s: the next one completes the order, once', async (step, when) => {
    let reached = false;
    const killed = await startProcess({
      checkpoint: (_, at, moment) => {
        if (at !== step || moment !== when) return;
        reached = true;
        throw new Killed();
      },
    });
    await killed.launch();
    await killed.workflows.settled();
    await killed.close();
    expect(reached).toBe(true);

    const next = await startProcess();
    await next.workflows.settled();
    expect(await next.states()).toEqual(['running']);
    expect(await next.power()).toEqual(['on']);
  });
});

describe('a process that is killed while volumes come and go', () => {
  const steps = [
    ...['make disk', 'record available', 'plug', 'record attached'],
    ...['unplug', 'grow', 'remove disk', 'forget'],
  ];
  const places = steps.flatMap((step) =>
    (['before', 'done', 'recorded'] as const).map((when) => [step, when] as const),
  );
  it.each(places)('at "%s", %s: the next one ends what was begun', async (step, when) => {
    let reached = false;
    const first = await startProcess({
      checkpoint: (_, at, moment) => {
        if (at !== step || moment !== when) return;
        reached = true;
        throw new Killed();
      },
    });
    let process = first;
    /** What was ordered, ended by whichever process is there then. */
    const ended = async (): Promise<void> => {
      await process.workflows.settled();
      if (!reached || process !== first) return;
      await first.close();
      process = await startProcess();
      await process.workflows.settled();
    };
    const volumes = async () => (await process.call(model.DescribeVolumes, {})).Volumes!;
    const [InstanceId] = await process.launch(1, { Placement: { AvailabilityZone } });
    const { VolumeId } = await process.call(model.CreateVolume, { AvailabilityZone, Size: 2 });
    await ended();
    const Device = '/dev/sdf';
    await process.call(model.AttachVolume, { VolumeId, InstanceId, Device });
    await ended();
    const own = async () => (await volumes()).find((volume) => volume.VolumeId === VolumeId);
    expect(await own()).toMatchObject({ State: 'in-use', Attachments: [{ State: 'attached' }] });
    await process.call(model.ModifyVolume, { VolumeId, Size: 3 });
    await ended();
    await process.call(model.DetachVolume, { VolumeId });
    await ended();
    expect(await own()).toMatchObject({ State: 'available', Size: 3, Attachments: [] });
    expect((await process.instance()).BlockDeviceMappings).toHaveLength(1);
    await process.call(model.DeleteVolume, { VolumeId });
    await ended();
    expect(await own()).toBeUndefined();
    expect(reached).toBe(true);
  });
});

describe('a process that is killed while it makes an image of an instance', () => {
  const steps = ['switch off', 'copy disks', 'switch on', 'record available'];
  const places = steps.flatMap((step) =>
    (['before', 'done', 'recorded'] as const).map((when) => [step, when] as const),
  );
  it.each(places)('at "%s", %s: it runs again, and the image is there', async (step, when) => {
    let reached = false;
    const killed = await startProcess({
      checkpoint: (workflow, at, moment) => {
        if (workflow !== 'ec2:CreateImage' || at !== step || moment !== when) return;
        reached = true;
        throw new Killed();
      },
    });
    const [InstanceId] = await killed.launch();
    await killed.workflows.settled();
    await killed.call(model.CreateImage, { InstanceId, Name: 'baked' });
    await killed.workflows.settled();
    await killed.close();
    expect(reached).toBe(true);

    const next = await startProcess();
    await next.workflows.settled();
    expect(await next.states()).toEqual(['running']);
    expect(await next.power()).toEqual(['on']);
    const { Images = [] } = await next.call(model.DescribeImages, { Owners: ['self'] });
    expect(Images.map(({ Name, State }) => [Name, State])).toEqual([['baked', 'available']]);
    await next.call(model.StopInstances, { InstanceIds: [InstanceId!] });
    await expect.poll(() => next.states()).toEqual(['stopped']);
  });
});

describe('a process that is killed while root volumes move', () => {
  const steps = {
    'ec2:DetachRootVolume': ['copy disk', 'remove machine', 'record available'],
    'ec2:AttachRootVolume': ['make machine', 'record attached', 'remove copy'],
    'ec2:ReplaceRootVolume': [
      ...['switch off', 'copy disk', 'make machine'],
      ...['exchange volumes', 'switch on', 'record succeeded'],
    ],
  };
  const places = Object.entries(steps).flatMap(([workflow, names]) =>
    names.flatMap((step) =>
      (['before', 'done', 'recorded'] as const).map((when) => [workflow, step, when] as const),
    ),
  );
  it.each(places)('%s at "%s", %s: the next one ends the move', async (workflow, step, when) => {
    let reached = false;
    const first = await startProcess({
      checkpoint: (name, at, moment) => {
        if (name !== workflow || at !== step || moment !== when) return;
        reached = true;
        throw new Killed();
      },
    });
    let process = first;
    const ended = async (): Promise<void> => {
      await process.workflows.settled();
      if (!reached || process !== first) return;
      await first.close();
      process = await startProcess();
      await process.workflows.settled();
    };
    const volumes = async () => (await process.call(model.DescribeVolumes, {})).Volumes!;
    const [InstanceId = ''] = await process.launch();
    await ended();
    const [{ VolumeId = '' } = {}] = await volumes();
    await process.call(model.StopInstances, { InstanceIds: [InstanceId] });
    await expect.poll(() => process.states()).toEqual(['stopped']);
    await process.call(model.DetachVolume, { VolumeId });
    await ended();
    expect(await volumes()).toMatchObject([{ VolumeId, State: 'available', Attachments: [] }]);
    expect(await process.power()).toEqual([]);
    const { RootDeviceName: Device } = await process.instance();
    await process.call(model.AttachVolume, { VolumeId, InstanceId, Device });
    await ended();
    const attached = { State: 'in-use', Attachments: [{ State: 'attached', Device }] };
    expect(await volumes()).toMatchObject([{ VolumeId, ...attached }]);
    await process.call(model.StartInstances, { InstanceIds: [InstanceId] });
    await ended();
    await process.call(model.CreateReplaceRootVolumeTask, { InstanceId });
    await ended();
    const [root, replaced] = (await volumes()).toSorted((one) =>
      one.VolumeId === VolumeId ? 1 : -1,
    );
    expect(root).toMatchObject(attached);
    expect(replaced).toMatchObject({ VolumeId, State: 'available', Attachments: [] });
    const { ReplaceRootVolumeTasks } = await process.call(model.DescribeReplaceRootVolumeTasks, {});
    expect(ReplaceRootVolumeTasks).toMatchObject([{ TaskState: 'succeeded' }]);
    expect(await process.states()).toEqual(['running']);
    expect(await process.power()).toEqual(['on']);
    expect(reached).toBe(true);
  });

  it('takes back what fails: the volume is apart again, or the replaced one in its place', async () => {
    const driver = new MockDriver({ clock, directory: join(directory, 'machines') });
    const process = await startProcess({ driver });
    const [InstanceId = ''] = await process.launch();
    await process.workflows.settled();
    const volumes = async () => (await process.call(model.DescribeVolumes, {})).Volumes!;
    const [{ VolumeId = '' } = {}] = await volumes();
    const create = driver.create.bind(driver);
    let isFull = true;
    driver.create = (spec) => (isFull ? Promise.reject(new Error('disk full')) : create(spec));
    // The machine is made anew of the replaced disk once there is room for it.
    await process.call(model.CreateReplaceRootVolumeTask, { InstanceId });
    await expect.poll(() => process.power()).toEqual([]);
    isFull = false;
    clock.advance(1_000);
    await process.workflows.settled();
    const { ReplaceRootVolumeTasks } = await process.call(model.DescribeReplaceRootVolumeTasks, {});
    expect(ReplaceRootVolumeTasks).toMatchObject([{ TaskState: 'failed' }]);
    expect(await volumes()).toMatchObject([{ VolumeId, State: 'in-use' }]);
    expect(await process.power()).toEqual(['on']);

    await process.call(model.StopInstances, { InstanceIds: [InstanceId] });
    await expect.poll(() => process.states()).toEqual(['stopped']);
    await process.call(model.DetachVolume, { VolumeId });
    await process.workflows.settled();
    isFull = true;
    const { RootDeviceName: Device } = await process.instance();
    await process.call(model.AttachVolume, { VolumeId, InstanceId, Device });
    await process.workflows.settled();
    expect(await volumes()).toMatchObject([{ VolumeId, State: 'available', Attachments: [] }]);
  });
});

describe('a launch that fails', () => {
  class Failing extends MockDriver {
    failing: 'create' | 'start' | 'nothing' = 'nothing';
    override create(...spec: Parameters<MockDriver['create']>) {
      return this.failing === 'create'
        ? Promise.reject(new Error('disk full'))
        : super.create(...spec);
    }
    override start(id: string) {
      return this.failing === 'start' ? Promise.reject(new Error('no memory')) : super.start(id);
    }
  }
  const failing = () => new Failing({ clock, directory: join(directory, 'machines') });

  it.each([
    ['create', 'create machine: disk full'],
    ['start', 'power on: no memory'],
  ] as const)('at %s is undone and says why', async (at, why) => {
    const driver = failing();
    driver.failing = at;
    const process = await startProcess({ driver });
    await process.launch();
    await process.workflows.settled();
    expect(await process.instance()).toMatchObject({
      State: { Name: 'terminated' },
      StateReason: { Code: 'Server.InternalError', Message: expect.stringContaining(why) },
    });
    expect(await process.power()).toEqual([]);
    driver.failing = 'nothing';
    await process.launch();
    await process.workflows.settled();
    expect(await process.power()).toEqual(['on']);
  });

  it('gives its addresses back', async () => {
    const driver = failing();
    driver.failing = 'start';
    const process = await startProcess({ driver });
    await process.launch();
    await process.workflows.settled();
    expect(await process.claims()).toEqual([]);
    driver.failing = 'nothing';
    await process.launch();
    expect(await process.claims()).toEqual([
      expect.stringMatching(/^127\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./),
    ]);
  });

  it('at a start leaves the instance stopped, with its disk', async () => {
    const driver = failing();
    const process = await startProcess({ driver });
    const InstanceIds = await process.launch();
    await process.workflows.settled();
    await process.call(model.StopInstances, { InstanceIds });
    await expect.poll(() => process.states(), { interval: 5 }).toEqual(['stopped']);
    driver.failing = 'start';
    await process.call(model.StartInstances, { InstanceIds });
    await process.workflows.settled();
    expect(await process.instance()).toMatchObject({
      State: { Name: 'stopped' },
      StateReason: { Code: 'Server.InternalError' },
    });
    driver.failing = 'nothing';
    await process.call(model.StartInstances, { InstanceIds });
    await process.workflows.settled();
    expect(await process.states()).toEqual(['running']);
  });
});

describe('the next process', () => {
  it.each([
    [model.StopInstances, 'stopped', ['off']],
    [model.TerminateInstances, 'terminated', []],
  ] as const)('carries out %o that an earlier one only recorded', async (ref, state, power) => {
    class Stuck extends MockDriver {
      override stop = () => Promise.reject(new Error('killed'));
      override destroy = () => Promise.reject(new Error('killed'));
    }
    const driver = new Stuck({ clock, directory: join(directory, 'machines') });
    const killed = await startProcess({ driver });
    const InstanceIds = await killed.launch();
    await killed.workflows.settled();
    const order: OperationRef<{ InstanceIds: string[] }, object> = ref;
    await killed.call(order, { InstanceIds });
    await killed.close();

    const next = await startProcess();
    await expect.poll(() => next.states(), { interval: 5 }).toEqual([state]);
    expect(await next.power()).toEqual(power);
  });

  it('keeps running machines and removes those that nobody owns', async () => {
    const first = await startProcess();
    const [id] = await first.launch();
    await first.workflows.settled();
    const [machine] = await first.driver.list();
    await first.driver.create({
      id: 'i-0123456789abcdef0',
      image: 'tiny',
      architecture: 'x86_64',
      vcpus: 1,
      memoryMib: 128,
      rootDiskGib: 1,
      hostname: 'orphan',
      macAddress: '02:00:00:00:00:01',
      privateAddress: '172.31.0.9',
      subnetCidr: '172.31.0.0/20',
      vpcId: 'vpc-0123456789abcdef0',
      interfaceId: 'eni-0123456789abcdef0',
    });
    await first.close();

    const next = await startProcess();
    const remaining = async () => (await next.driver.list()).map((each) => each.id);
    await expect.poll(remaining, { interval: 5 }).toEqual([id]);
    expect(await next.driver.list()).toEqual([machine]);
    expect(await next.states()).toEqual(['running']);
  });

  it('records a machine that went off in between as stopped', async () => {
    const first = await startProcess();
    const [id] = await first.launch(1, { InstanceInitiatedShutdownBehavior: 'terminate' });
    await first.workflows.settled();
    await first.close();
    await first.driver.stop(id!);

    const next = await startProcess();
    await expect.poll(() => next.states(), { interval: 5 }).toEqual(['stopped']);
  });
});

describe('a guest that powers off', () => {
  it.each([
    ['stop', 'stopped', ['off']],
    ['terminate', 'terminated', []],
  ] as const)('leaves its instance as "%s" says: %s', async (behavior, state, power) => {
    const process = await startProcess();
    const [id] = await process.launch(1, { InstanceInitiatedShutdownBehavior: behavior });
    await process.workflows.settled();
    await process.driver.powerOffFromInside(id!);
    await expect.poll(() => process.states(), { interval: 5 }).toEqual([state]);
    expect(await process.power()).toEqual(power);
    expect((await process.instance()).StateReason?.Code).toBe('Client.InstanceInitiatedShutdown');
  });
});

describe('an instance that was terminated', () => {
  it('can be seen for an hour, and its records go some time later', async () => {
    const process = await startProcess();
    const InstanceIds = await process.launch();
    await process.workflows.settled();
    await process.call(model.CreateTags, {
      Resources: InstanceIds,
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    await process.call(model.TerminateInstances, { InstanceIds });
    await expect.poll(() => process.states(), { interval: 5 }).toEqual(['terminated']);
    clock.advance(3_599_000);
    expect(await process.states()).toEqual(['terminated']);
    clock.advance(1_000);
    expect(await process.states()).toEqual([]);
    await expect(process.call(model.DescribeInstances, { InstanceIds })).rejects.toMatchObject({
      code: 'InvalidInstanceID.NotFound',
    });
    clock.advance(3_600_000);
    const tags = async () => (await process.call(model.DescribeTags, {})).Tags;
    await expect.poll(tags, { interval: 5 }).toEqual([]);
  });

  it('while it is launched ends the launch', async () => {
    const process = await startProcess();
    const InstanceIds = await process.launch(3);
    await process.call(model.TerminateInstances, { InstanceIds });
    await process.workflows.settled();
    await expect
      .poll(() => process.states(), { interval: 5 })
      .toEqual(['terminated', 'terminated', 'terminated']);
    expect(await process.power()).toEqual([]);
    expect((await process.instance()).StateReason?.Code).toBe('Client.UserInitiatedShutdown');
  });
});

describe('a process that ends before what was asked for is launched', () => {
  it('leaves Spot requests and fleets to the next, which launches each once', async () => {
    const first = await startProcess();
    await first.call(model.CreateLaunchTemplate, {
      ...{ LaunchTemplateName: 'crew', LaunchTemplateData: { ImageId: tiny } },
    });
    await first.call(model.RequestSpotInstances, {
      LaunchSpecification: { ImageId: tiny },
      InstanceCount: 2,
    });
    const LaunchTemplateSpecification = { LaunchTemplateName: 'crew', Version: '1' };
    await first.call(model.CreateFleet, {
      LaunchTemplateConfigs: [{ LaunchTemplateSpecification }],
      TargetCapacitySpecification: { TotalTargetCapacity: 3 },
    });
    await first.close();

    const next = await startProcess();
    const running = Array.from({ length: 5 }, () => 'running');
    await expect.poll(() => next.states(), { interval: 5 }).toEqual(running);
    await next.close();
    const third = await startProcess();
    await third.workflows.settled();
    expect(await third.states()).toEqual(running);
    const requests = await third.call(model.DescribeSpotInstanceRequests, {});
    expect(requests.SpotInstanceRequests!.map(({ State }) => State)).toEqual(
      Array.from({ length: 5 }, () => 'active'),
    );
  });
});
