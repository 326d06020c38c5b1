import { WireJson } from '../../../kernel/wire-json.ts';

/** JSON that stands already, or a list of such. */
export class Raw {
  readonly json: Uint8Array | readonly Uint8Array[];

  constructor(json: Uint8Array | readonly Uint8Array[]) {
    this.json = json;
  }
}

/** An answer's JSON, into which stored items are copied; members that are undefined are left out. */
export function answer(members: Readonly<Record<string, unknown>>): WireJson {
  const chunks: Uint8Array[] = [];
  let text = '{';
  const flush = (): void => {
    chunks.push(Buffer.from(text));
    text = '';
  };
  for (const name in members) {
    const value = members[name];
    if (value === undefined) continue;
    text += text === '{' && chunks.length === 0 ? `"${name}":` : `,"${name}":`;
    if (!(value instanceof Raw)) text += JSON.stringify(value);
    else {
      if (Array.isArray(value.json)) text += '[';
      flush();
      append(chunks, value.json);
      if (Array.isArray(value.json)) text += ']';
    }
  }
  text += '}';
  flush();
  return new WireJson(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
}

const COMMA = Buffer.from(',');

function append(chunks: Uint8Array[], json: Raw['json']): void {
  if (json instanceof Uint8Array) {
    chunks.push(json);
    return;
  }
  for (const [at, element] of json.entries()) {
    if (at > 0) chunks.push(COMMA);
    chunks.push(element);
  }
}
