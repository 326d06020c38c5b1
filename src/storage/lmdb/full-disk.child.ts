// Run by full-disk.test.ts, with a limit on the size of files: writes until it is refused.
import { LmdbEngine } from './lmdb-engine.ts';

const engine = new LmdbEngine(process.argv[2]!, { durable: true });
const acknowledged: number[] = [];
let refused: string | undefined;

for (let number = 0; refused === undefined; number += 2) {
  const outcomes = await Promise.allSettled([writePair(number), writePair(number + 1)]);
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') acknowledged.push(outcome.value);
    else refused = (outcome.reason as Error).message;
  }
}

let torn = 0;
let lost = 0;
for (let number = 0; number <= acknowledged.length + 1; number++) {
  const [left, right] = await engine.getMany(pair(number));
  if ((left === undefined) !== (right === undefined)) torn++;
  if (acknowledged.includes(number) && left === undefined) lost++;
}
await engine.transact([], () => ({
  writes: pair(0).map((key) => ({ key, value: undefined })),
  result: undefined,
}));
const small = Buffer.from('small');
await engine.transact([], () => ({
  writes: [{ key: small, value: Buffer.from('kept') }],
  result: 0,
}));
const afterwards = String(await engine.get(small));
await engine.close();
console.log(JSON.stringify({ refused, torn, lost, afterwards }));

function writePair(number: number): Promise<number> {
  return engine.transact([], () => ({
    writes: pair(number).map((key) => ({ key, value: Buffer.alloc(20_000, number) })),
    result: number,
  }));
}

function pair(number: number): Buffer[] {
  return ['left', 'right'].map((side) => Buffer.from(`${side} ${number}`));
}
