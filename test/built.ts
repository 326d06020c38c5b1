/** The program as it is shipped, built before the tests: Node's arguments. It starts ten times as fast as its source. */
export const built: readonly string[] = ['dist/cli/main.js'];
