import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Engine, type Endpoint } from './engine.ts';

/** What the driver reads of `GET /info`. */
export interface EngineInfo {
  readonly OSType: string;
  readonly Architecture: string;
  readonly OperatingSystem: string;
  readonly ServerVersion: string;
  readonly NCPU: number;
  /** Bytes. */
  readonly MemTotal: number;
  readonly MemoryLimit: boolean;
  readonly CpuCfsQuota: boolean;
}

/** A container engine that answers, or one plain sentence on why there is none. */
export type Found =
  | { readonly engine: Engine; readonly info: EngineInfo; readonly obstacle?: undefined }
  | { readonly obstacle: string };

/** An engine on this host answers within milliseconds, unless it is started for it or very busy. */
const ANSWER_MS = 10_000;

/**
 * Where DOCKER_HOST says, which is then the only place; else the usual sockets: Docker's, Docker
 * Desktop's, podman's as root and as a user.
 */
export async function findEngine(env: NodeJS.ProcessEnv = process.env): Promise<Found> {
  const given = env['DOCKER_HOST'];
  if (given) {
    const endpoint = endpointOf(given);
    if (typeof endpoint === 'string') return { obstacle: endpoint };
    return await ask(endpoint, `DOCKER_HOST (${given})`);
  }
  let refusal: string | undefined;
  for (const socketPath of usualSockets(env)) {
    if (!(await stat(socketPath).catch(() => undefined))) continue;
    const found = await ask({ socketPath }, socketPath);
    if (found.obstacle === undefined) return found;
    refusal ??= found.obstacle;
  }
  return {
    obstacle: refusal ?? 'No container engine: neither Docker nor podman has a socket here.',
  };
}

function usualSockets(env: NodeJS.ProcessEnv): string[] {
  const runtime = env['XDG_RUNTIME_DIR'];
  return [
    '/var/run/docker.sock',
    join(homedir(), '.docker/run/docker.sock'),
    '/run/podman/podman.sock',
    ...(runtime ? [join(runtime, 'docker.sock'), join(runtime, 'podman/podman.sock')] : []),
  ];
}

/** What DOCKER_HOST names; a sentence where instances cannot be run there. */
export function endpointOf(given: string): Endpoint | string {
  const [, scheme, rest = ''] = /^(\w+):\/\/(.*)$/.exec(given) ?? [];
  if (scheme === 'unix') return { socketPath: rest };
  if (scheme !== 'tcp' && scheme !== 'http') {
    return `DOCKER_HOST is ${given}: only unix:// and tcp:// on this host are spoken.`;
  }
  const { hostname, port } = new URL(`http://${rest}`);
  if (!/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname)) {
    return `DOCKER_HOST is ${given}: an engine on another host publishes no ports on this one.`;
  }
  return { host: hostname.replace(/[[\]]/g, ''), port: Number(port || 2375) };
}

async function ask(endpoint: Endpoint, where: string): Promise<Found> {
  const engine = new Engine(endpoint);
  try {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const info = await engine.call<EngineInfo>('GET', '/info', { signal });
    const obstacle = whyNot(info);
    return obstacle === undefined ? { engine, info } : { obstacle };
  } catch (error) {
    return { obstacle: `The container engine at ${where} does not answer: ${whatFailed(error)}.` };
  }
}

function whyNot(info: EngineInfo): string | undefined {
  const { OSType, Architecture, MemoryLimit, CpuCfsQuota } = info;
  if (OSType !== 'linux') return `The container engine runs ${OSType} containers, not Linux.`;
  if (!/^(x86_64|amd64)$/.test(Architecture)) {
    return `Built for x86-64 so far; the container engine is on ${Architecture}.`;
  }
  if (MemoryLimit && CpuCfsQuota) return undefined;
  return 'The container engine cannot limit memory and processors, as it may when it has no root.';
}

function whatFailed(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES') return 'this user may not open its socket';
  return code ?? message;
}
