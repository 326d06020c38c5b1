import { invalidUpdatePath } from '../../errors.ts';
import type { AttributeValue, Item } from '../attribute-value.ts';
import { attributeOf } from '../attribute-value.ts';
import type { Path } from './syntax.ts';

type MutableItem = Record<string, AttributeValue>;
type Container =
  | { readonly members: MutableItem }
  | { readonly elements: (AttributeValue | undefined)[]; readonly added: Added[] };

/** An element whose index lies behind the list's end. */
interface Added {
  readonly index: number;
  readonly value: AttributeValue;
}

/**
 * An item that is being changed: what changes is copied, the rest is shared with the item as it
 * was. List indices count in the list as it was; removed elements close up at the end, and those
 * set behind its end follow in the order of their indices.
 */
export class Draft {
  readonly #members: MutableItem;
  readonly #opened = new Map<string, Container>();
  readonly #lists: (() => void)[] = [];

  constructor(item: Item) {
    this.#members = { ...item };
  }

  /** What stands at a path now, as far as this draft has brought it. */
  set(path: Path, value: AttributeValue): void {
    const container = this.#containerOf(path);
    const step = path.at(-1)!;
    if ('members' in container && typeof step === 'string') {
      define(container.members, step, value);
    } else if ('elements' in container && typeof step === 'number') {
      if (step < container.elements.length) container.elements[step] = value;
      else container.added.push({ index: step, value });
    } else throw invalidUpdatePath();
  }

  /** What is not there is left so. */
  remove(path: Path): void {
    const container = this.#containerOf(path);
    const step = path.at(-1)!;
    if ('members' in container && typeof step === 'string') delete container.members[step];
    else if ('elements' in container && typeof step === 'number') {
      if (step < container.elements.length) container.elements[step] = undefined;
    } else throw invalidUpdatePath();
  }

  /** The item as it is now; the draft is over. */
  finish(): Item {
    for (const close of this.#lists) close();
    return this.#members;
  }

  /** What the last step of a path is in; everything above is there, and of the right type. */
  #containerOf(path: Path): Container {
    let container: Container = { members: this.#members };
    let place = '';
    for (const step of path.slice(0, -1)) {
      place += `${typeof step === 'number' ? '[' : '.'}${JSON.stringify(step)}`;
      let below = this.#opened.get(place);
      if (!below) {
        below = this.#open(container, step);
        this.#opened.set(place, below);
      }
      container = below;
    }
    return container;
  }

  /** Copies a map or list, and puts the copy in its place. */
  #open(container: Container, step: string | number): Container {
    const value = childOf(container, step);
    const replace = (copy: AttributeValue): void => {
      if ('members' in container) define(container.members, step as string, copy);
      else container.elements[step as number] = copy;
    };
    if (value && 'M' in value) {
      const members = { ...value.M };
      replace({ M: members });
      return { members };
    }
    if (value && 'L' in value) {
      const elements: (AttributeValue | undefined)[] = [...value.L];
      const added: Added[] = [];
      const whole: AttributeValue[] = [];
      replace({ L: whole });
      this.#lists.push(() => {
        added.sort((a, b) => a.index - b.index);
        whole.push(
          ...elements.filter((element) => element !== undefined),
          ...added.map((element) => element.value),
        );
      });
      return { elements, added };
    }
    throw invalidUpdatePath();
  }
}

function childOf(container: Container, step: string | number): AttributeValue | undefined {
  if ('members' in container) {
    return typeof step === 'string' ? attributeOf(container.members, step) : undefined;
  }
  return typeof step === 'number' ? container.elements[step] : undefined;
}

/** Also for a name such as `__proto__`, which an assignment would take for the object's own. */
function define(members: MutableItem, name: string, value: AttributeValue): void {
  if (name !== '__proto__') members[name] = value;
  else {
    Object.defineProperty(members, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
}
