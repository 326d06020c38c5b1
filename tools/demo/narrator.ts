const colours = process.stdout.isTTY && !process.env['NO_COLOR'];
const paint = (code: number, text: string): string =>
  colours ? `\u001b[${code}m${text}\u001b[0m` : text;

/** A heading of the demo. */
export function chapter(title: string): void {
  console.log(`\n${paint(1, title)}`);
}

/** What was done, and to what, beside what came of it. */
export function line(what: string, subject: string, result: string): void {
  const padding = ' '.repeat(Math.max(1, 50 - what.length - subject.length));
  console.log(`  ${what} ${paint(2, subject)}${padding}${paint(32, '→')} ${result}`);
}

/** Prints an API call beside what `tell` finds worth saying of its answer. */
export async function call<Output>(
  operation: string,
  subject: string,
  answer: Promise<Output>,
  tell: (output: Output) => string,
): Promise<Output> {
  const output = await answer;
  line(operation, subject, tell(output));
  return output;
}

/** Text from the other side, set off from ours. */
export function quote(text: string): void {
  for (const quoted of text.trimEnd().split('\n')) console.log(paint(2, `      ${quoted}`));
}
