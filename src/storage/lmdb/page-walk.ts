import { readSync } from 'node:fs';

/** Length of the header of each LMDB page. */
export const HEADER_BYTES = 24;

const MAX_PAGES = 8_192;
const NODE_BYTES = 8;
const NO_ROOT = 2 ** 64;
const PAGE = { branch: 0x01, leaf: 0x02, overflow: 0x04 };
const NODE_IN_OVERFLOW = 0x01;

/**
 * Walks the trees of an LMDB file, branches first, and finds pages beyond the file's end, pages
 * that are not what their parent says, and nodes that reach out of their page. Stops after
 * `MAX_PAGES` pages, so that a large store starts as fast as a small one.
 *
 * Offsets are those of liblmdb's MDB_page_header and MDB_node.
 */
export class PageWalk {
  readonly #fd: number;
  readonly #pageSize: number;
  readonly #pages: number;
  #visited = 0;

  constructor(fd: number, pageSize: number, pages: number) {
    this.#fd = fd;
    this.#pageSize = pageSize;
    this.#pages = pages;
  }

  /** Level by level, so that all branches have been seen before the pages that may be too many. */
  tree(root: number, depth: number): void {
    if (root >= NO_ROOT) return;
    let level = [this.#number(root)];
    for (let below = depth - 1; below >= 0; below--) {
      const children: number[] = [];
      for (const page of level) {
        if (this.#visited++ >= MAX_PAGES) return;
        if (below > 0) children.push(...this.#branch(page));
        else this.#leaf(page);
      }
      level = children;
    }
  }

  #branch(number: number): number[] {
    const page = this.#page(number, PAGE.branch);
    return this.#nodes(number, page).map((at) =>
      this.#number(page.readUInt32LE(at) + page.readUInt16LE(at + 4) * 2 ** 32),
    );
  }

  #leaf(number: number): void {
    const page = this.#page(number, PAGE.leaf);
    for (const at of this.#nodes(number, page)) {
      const size = page.readUInt32LE(at);
      const data = at + NODE_BYTES + page.readUInt16LE(at + 6);
      const isLarge = (page.readUInt16LE(at + 4) & NODE_IN_OVERFLOW) !== 0;
      if (data + (isLarge ? 8 : size) > this.#pageSize) throw misshapen(number);
      if (!isLarge) continue;
      const first = this.#number(readNumber(page, data));
      this.#page(first, PAGE.overflow, HEADER_BYTES);
      this.#number(first + Math.ceil((HEADER_BYTES + size) / this.#pageSize) - 1);
    }
  }

  /** Where the page's nodes begin, each with room for its header and key. */
  #nodes(number: number, page: Buffer): number[] {
    const lower = page.readUInt16LE(20);
    const count = lower >> 1;
    if (count === 0 || HEADER_BYTES + lower > this.#pageSize) throw misshapen(number);
    const nodes: number[] = [];
    for (let index = 0; index < count; index++) {
      const at = HEADER_BYTES + page.readUInt16LE(HEADER_BYTES + 2 * index);
      if (at < HEADER_BYTES + lower || at + NODE_BYTES > this.#pageSize) throw misshapen(number);
      if (at + NODE_BYTES + page.readUInt16LE(at + 6) > this.#pageSize) throw misshapen(number);
      nodes.push(at);
    }
    return nodes;
  }

  #page(number: number, kind: number, bytes = this.#pageSize): Buffer {
    const page = readBytes(this.#fd, number * this.#pageSize, bytes);
    if (readNumber(page, 0) !== number || (page.readUInt16LE(18) & kind) === 0) {
      throw misshapen(number);
    }
    return page;
  }

  #number(page: number): number {
    if (page >= 2 && page < this.#pages) return page;
    throw new Error(`${this.#pages} pages are left, and page ${page} is missing`);
  }
}

/** Exact below 2^53, which no file reaches; what is above is out of bounds anyway. */
export function readNumber(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32;
}

function misshapen(page: number): Error {
  return new Error(`page ${page} is not what it should be`);
}

export function readBytes(fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  if (readSync(fd, bytes, 0, length, position) === length) return bytes;
  throw new Error(`it ends before byte ${position + length}`);
}
