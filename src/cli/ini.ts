export type IniSections = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Sections and keys of the AWS CLI's files. Nested settings, which are indented, are left out. */
export function parseIni(text: string): IniSections {
  const sections: Record<string, Record<string, string>> = {};
  let section: Record<string, string> | undefined;
  for (const line of text.split(/\r?\n/)) {
    const header = /^\[\s*(.+?)\s*\]\s*(?:[#;].*)?$/.exec(line);
    if (header) section = sections[header[1]!.replaceAll(/\s+/g, ' ')] ??= {};
    const pair = /^([^\s#;=[][^=]*?)\s*=\s*(.*?)\s*$/.exec(line);
    if (pair && section) section[pair[1]!.toLowerCase()] = pair[2]!.replace(/\s[#;].*$/, '');
  }
  return sections;
}
