import { createHash } from 'node:crypto';
import type { Caller } from './caller.ts';
import type { ResourceContext } from './resource-type.ts';
import type { Platform } from './service.ts';

export interface ResourceContextParts {
  readonly platform: Platform;
  readonly caller: Caller;
  readonly token: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly nameStem: string;
  readonly signal: AbortSignal;
}

const RANDOM_CHARACTERS = 12;

export function resourceContext(parts: ResourceContextParts): ResourceContext {
  const { platform, caller, token, tags, nameStem, signal } = parts;
  return {
    ...{ caller, token, tags, signal },
    generatedName(maxLength) {
      const digits = createHash('sha256').update(token).digest('hex').toUpperCase();
      const stem = nameStem.slice(0, maxLength - RANDOM_CHARACTERS - 1);
      return `${stem}-${digits.slice(0, RANDOM_CHARACTERS)}`;
    },
    invoke: (operation, input) =>
      platform.invoke(
        { ...caller, calledVia: [...(caller.calledVia ?? []), 'cloudformation.amazonaws.com'] },
        operation,
        input,
      ),
    async until(reached) {
      for (let pauseMs = 20; !(await reached()); pauseMs = Math.min(pauseMs * 1.5, 1_000)) {
        signal.throwIfAborted();
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    },
  };
}
