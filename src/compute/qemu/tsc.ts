import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { QEMU, timerOnly } from './command-line.ts';
import { dyingWithParent } from '../die-with-parent.ts';

/**
 * The whole program of a machine that answers every byte on its serial line with its time stamp
 * counter, eight bytes with the lowest first. Real mode, at the end of a ROM where a processor
 * begins.
 */
const PROGRAM = [
  [0xba, 0xfd, 0x03], // mov dx, 0x3fd      the serial line's status …
  [0xec, 0xa8, 0x01], // wait: in al, dx; test al, 1
  [0x74, 0xfb], // jz wait            … until a byte has come
  [0xb2, 0xf8, 0xec], // mov dl, 0xf8; in al, dx
  [0x0f, 0x31], // rdtsc
  [0x66, 0x89, 0xc3], // mov ebx, eax
  [0x66, 0x89, 0xd6], // mov esi, edx
  [0xba, 0xf8, 0x03], // mov dx, 0x3f8
  [0xb1, 0x04], // mov cl, 4
  [0x88, 0xd8, 0xee], // low:  mov al, bl; out dx, al
  [0x66, 0xc1, 0xeb, 0x08], // shr ebx, 8
  [0xfe, 0xc9, 0x75, 0xf5], // dec cl; jnz low
  [0xb1, 0x04], // mov cl, 4
  [0x66, 0x89, 0xf3], // mov ebx, esi
  [0x88, 0xd8, 0xee], // high: mov al, bl; out dx, al
  [0x66, 0xc1, 0xeb, 0x08], // shr ebx, 8
  [0xfe, 0xc9, 0x75, 0xf5], // dec cl; jnz high
  [0xeb, 0xcb], // jmp start
].flat();
const ROM_BYTES = 64 * 1024;
const START = 0xff00;
const RESET = 0xfff0;

/** How far apart the two readings are, and how often each is tried: the quickest answer counts. */
const APART_MS = 500;
const TRIES = 25;

interface Reading {
  readonly counter: bigint;
  readonly atNs: bigint;
  readonly tookNs: bigint;
}

/**
 * The frequency of the counter that an emulated processor shows, in kHz. A guest measures it for
 * itself as it boots, and hangs when this host is busy at that moment; so it is measured here, where
 * a disturbed reading can be told by the time it took, and guests are told.
 */
export async function measureTscKhz(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'alacarte-tsc-'));
  const file = join(folder, 'rom');
  await writeFile(file, rom());
  const qemu = spawn(...dyingWithParent(QEMU, timerOnly(file)), {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const failed = new Promise<never>((_, reject) => {
    const give = (cause?: unknown): void =>
      reject(new Error(`${QEMU} did not tell the frequency of its processor.`, { cause }));
    qemu.once('error', give).once('exit', () => give());
  });
  const line = { send: qemu.stdin, receive: qemu.stdout };
  try {
    return await Promise.race([failed, frequency(line)]);
  } finally {
    qemu.kill('SIGKILL');
    await rm(folder, { recursive: true });
  }
}

interface Line {
  readonly send: Writable;
  readonly receive: Readable;
}

async function frequency(line: Line): Promise<number> {
  const first = await quickest(line);
  await sleep(APART_MS);
  const second = await quickest(line);
  const khz = ((second.counter - first.counter) * 1_000_000n) / (second.atNs - first.atNs);
  return Number(khz);
}

async function quickest(line: Line): Promise<Reading> {
  let best = await read(line);
  for (let tries = 1; tries < TRIES; tries += 1) {
    const reading = await read(line);
    if (reading.tookNs < best.tookNs) best = reading;
  }
  return best;
}

async function read({ send, receive }: Line): Promise<Reading> {
  const beforeNs = process.hrtime.bigint();
  send.write('?');
  const bytes = await next(receive, 8);
  const tookNs = process.hrtime.bigint() - beforeNs;
  return { counter: bytes.readBigUInt64LE(), atNs: beforeNs + tookNs / 2n, tookNs };
}

/** As many bytes, which may come one by one. */
function next(receive: Readable, length: number): Promise<Buffer> {
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0);
    const take = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length < length) return;
      receive.off('data', take);
      resolve(bytes);
    };
    receive.on('data', take);
  });
}

function rom(): Uint8Array {
  const bytes = new Uint8Array(ROM_BYTES);
  bytes.set(PROGRAM, START);
  const jump = START - (RESET + 3);
  bytes.set([0xe9, jump & 0xff, (jump >> 8) & 0xff], RESET);
  return bytes;
}
