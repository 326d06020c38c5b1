import { loadModel } from '../../models/load.ts';
import type { Bodies } from './entry.ts';
import { redact } from './redact.ts';

const longestBytes = 64 * 1024;
const mostBytes = 8 * 1024 * 1024;

/** The bodies of the last calls, while somebody wants them: 8 MiB at most, the oldest go first. */
export class BodyStore {
  readonly #kept = new Map<number, string>();
  #bytes = 0;

  get(sequence: number): Bodies | undefined {
    const json = this.#kept.get(sequence);
    return json === undefined ? undefined : (JSON.parse(json) as Bodies);
  }

  keep(
    sequence: number,
    { service, name }: { readonly service: string; readonly name: string },
    { input, output }: Bodies,
  ): void {
    const model = loadModel(service);
    const operation = model.operations[name];
    const shown = (shape: string | undefined, value: unknown): unknown =>
      shape === undefined || value === undefined ? undefined : cut(redact(model, shape, value));
    const json = JSON.stringify({
      input: shown(operation?.input, input),
      output: shown(operation?.output, output),
    });
    this.#kept.set(sequence, json);
    this.#bytes += json.length;
    for (const [oldest, text] of this.#kept) {
      if (this.#bytes <= mostBytes) break;
      this.#kept.delete(oldest);
      this.#bytes -= text.length;
    }
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }
}

/** The value itself, or where its JSON is longer than 64 KiB the beginning of that, as text. */
function cut(value: unknown): unknown {
  const json = JSON.stringify(value);
  return json.length <= longestBytes ? value : `${json.slice(0, longestBytes)}…`;
}
