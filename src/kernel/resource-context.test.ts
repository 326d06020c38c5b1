import { expect, test } from 'vitest';
import { rootPrincipal } from './caller.ts';
import { resourceContext } from './resource-context.ts';
import type { Platform } from './service.ts';

const unused = {} as Platform;
const caller = {
  account: '000000000000',
  region: 'us-east-1',
  principal: rootPrincipal('000000000000'),
};

function contextOf(token: string, signal = new AbortController().signal) {
  const change = { caller, via: 'cloudformation.amazonaws.com', nameStem: 'shop-Orders' };
  return resourceContext(unused, { ...change, token, signal });
}

test('a generated name is the same at every attempt at one change, and another for another', () => {
  const name = contextOf('one').generatedName(255);
  expect(name).toMatch(/^shop-Orders-[A-Z0-9]{12}$/);
  expect(contextOf('one').generatedName(255)).toBe(name);
  expect(contextOf('two').generatedName(255)).not.toBe(name);
  expect(contextOf('one').generatedName(20)).toBe(`shop-Or-${name.slice(-12)}`);
});

test('the caller stays who it is, and the service that calls for it is named', () => {
  expect(contextOf('one').caller).toEqual({
    ...caller,
    calledVia: ['cloudformation.amazonaws.com'],
  });
});

test('waiting ends when what is waited for has come, and when the server stops', async () => {
  let asked = 0;
  await contextOf('one').until(async () => ++asked === 3);
  expect(asked).toBe(3);
  const stopping = new AbortController();
  const waiting = contextOf('one', stopping.signal).until(async () => {
    stopping.abort();
    return false;
  });
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});
