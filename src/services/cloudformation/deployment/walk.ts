/** For each node those that must be done before it. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Visits every node as soon as all those it waits for are done, as many at once as the graph
 * allows. A visit that answers false leaves out all that wait for it.
 *
 * @param mayBegin asked before each visit; once it answers no, what is under way is still waited for
 * @throws what a visit throws, once all that are under way have ended
 */
export async function walk(
  graph: Graph,
  visit: (node: string) => Promise<boolean>,
  mayBegin: () => boolean,
): Promise<void> {
  const waiting = new Map(
    Array.from(graph, ([node, before]) => [
      node,
      new Set([...before].filter((other) => graph.has(other))),
    ]),
  );
  const underWay = new Set<Promise<void>>();
  const thrown: unknown[] = [];

  const visitAndRelease = async (node: string): Promise<void> => {
    try {
      if (await visit(node)) for (const others of waiting.values()) others.delete(node);
    } catch (error) {
      thrown.push(error);
    }
  };
  const beginReady = (): void => {
    for (const [node, before] of waiting) {
      if (before.size > 0 || thrown.length > 0 || !mayBegin()) continue;
      waiting.delete(node);
      const visiting = visitAndRelease(node).finally(() => underWay.delete(visiting));
      underWay.add(visiting);
    }
  };

  for (beginReady(); underWay.size > 0; beginReady()) await Promise.race(underWay);
  if (thrown.length > 0) throw thrown[0];
}

/** The same nodes, each waiting for those that waited for it. */
export function reversed(graph: Graph): Graph {
  const result = new Map<string, Set<string>>(
    Array.from(graph.keys(), (node) => [node, new Set()]),
  );
  for (const [node, before] of graph) {
    for (const other of before) result.get(other)?.add(node);
  }
  return result;
}
