/** A list as parameters hold it: spaces around the commas do not count; no text is an empty list. */
export function splitList(text: string): readonly string[] {
  return text === '' ? [] : text.split(',').map((item) => item.trim());
}
