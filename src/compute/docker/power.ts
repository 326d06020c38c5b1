import type { Log } from '../../kernel/log.ts';
import { allotmentOf } from '../allotment.ts';
import type { MachineId, MachineSpec } from '../driver.ts';
import type { PowerOn } from '../machine-folder.ts';
import type { MetadataService } from '../metadata/metadata-service.ts';
import { publishPorts } from '../published-ports.ts';
import type { Container, Containers } from './containers.ts';
import type { Engine } from './engine.ts';
import type { EngineInfo } from './find-engine.ts';
import { RunningContainer } from './running-container.ts';

/** Busybox's init shuts down on it; the signal is as a power button, and pressed again each second. */
const POWER_BUTTON = 'SIGUSR2';
const PRESS_EVERY_MS = 1_000;
const MIB = 1024 * 1024;

export interface PowerParts {
  readonly engine: Engine;
  readonly info: EngineInfo;
  readonly containers: Containers;
  readonly metadata: Pick<MetadataService, 'handle'>;
  readonly log: Log;
  readonly ephemeral: boolean;
  /** Called when a machine has ended that nobody switched off. */
  readonly onEnd: (id: MachineId, how: 'off' | 'rebooted') => void;
}

/** Switches machines on and off, and holds those that are on. */
export class Power {
  readonly #parts: PowerParts;
  readonly #held = new Map<MachineId, RunningContainer>();

  constructor(parts: PowerParts) {
    this.#parts = parts;
  }

  isHeld(id: MachineId): boolean {
    return this.#held.has(id);
  }

  /** @param image what its first container is made of */
  async on(spec: MachineSpec, image: () => Promise<string>): Promise<void> {
    const { engine, containers } = this.#parts;
    const found = await containers.of(spec.id);
    if (found?.isOn) return this.hold(spec, found);
    const powerOn = await this.#decide(spec);
    const container = await this.#containerFor(spec, powerOn, found, image);
    await engine.text('POST', `/containers/${container.id}/start`);
    this.hold(spec, container);
  }

  /** An engine fixes ports and limits when it makes a container: where they change, another is made. */
  async #containerFor(
    spec: MachineSpec,
    powerOn: PowerOn,
    found: Container | undefined,
    image: () => Promise<string>,
  ): Promise<Container> {
    const { containers } = this.#parts;
    if (!found) return await containers.make(spec, powerOn, await image());
    if (JSON.stringify(found.powerOn) === JSON.stringify(powerOn)) return found;
    return await containers.make(spec, powerOn, await containers.keepDisk(found));
  }

  async #decide(spec: MachineSpec): Promise<PowerOn> {
    const { NCPU, MemTotal } = this.#parts.info;
    return {
      published: await publishPorts(spec.publicAddress),
      given: allotmentOf(spec, { processors: NCPU, memoryMib: MemTotal / MIB }),
    };
  }

  /** Takes hold of a machine that is on, whoever switched it on. */
  hold(spec: MachineSpec, { id: container }: Container): void {
    if (this.#held.has(spec.id)) return;
    const { engine, metadata, ephemeral, log } = this.#parts;
    const parts = { engine, container, spec, metadata, withServer: ephemeral };
    const running = new RunningContainer(parts, log);
    this.#held.set(spec.id, running);
    void this.#hear(spec.id, running);
  }

  async #hear(id: MachineId, running: RunningContainer): Promise<void> {
    const how = await running.ended;
    this.#held.delete(id);
    if (how !== undefined && !running.endAsked) this.#parts.onEnd(id, how);
  }

  async off(spec: MachineSpec, graceMs: number): Promise<void> {
    const found = await this.#parts.containers.of(spec.id);
    if (!found?.isOn) return;
    this.hold(spec, found);
    const running = this.#held.get(spec.id)!;
    running.endAsked = true;
    for (let waitedMs = 0; waitedMs < graceMs; waitedMs += PRESS_EVERY_MS) {
      await this.#signal(found, POWER_BUTTON);
      if (await running.hasEnded(Math.min(PRESS_EVERY_MS, graceMs - waitedMs))) return;
    }
    await this.pullPlug(spec.id);
  }

  /** Ends a machine at once. */
  async pullPlug(id: MachineId): Promise<void> {
    const running = this.#held.get(id);
    if (running) running.endAsked = true;
    const found = await this.#parts.containers.of(id);
    if (!found?.isOn) return;
    await this.#signal(found, 'SIGKILL');
    await running?.ended;
  }

  letGo(): void {
    for (const running of this.#held.values()) {
      running.endAsked = true;
      running.letGo();
    }
  }

  /** One that has ended in between hears nothing. */
  async #signal({ id, machine }: Container, signal: string): Promise<void> {
    const { engine, containers } = this.#parts;
    try {
      await engine.text('POST', `/containers/${id}/kill`, { query: { signal } });
    } catch (error) {
      if ((await containers.of(machine))?.isOn) throw error;
    }
  }
}
