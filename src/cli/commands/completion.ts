import { basename } from 'node:path';
import type { Command } from '../command.ts';
import { completions } from '../completions.ts';
import { usageError } from '../failure.ts';
import type { commands } from '../own-commands.ts';
import { didYouMean } from '../suggest.ts';

/** Asked by the scripts: what could be the last of the words behind `--`, which is perhaps unfinished. */
const ASK = '--complete';

const scripts: Readonly<Record<string, string>> = {
  bash: `_alacarte() {
  local IFS=$'\\n'
  COMPREPLY=($(alacarte completion ${ASK} -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _alacarte alacarte
`,
  zsh: `#compdef alacarte
_alacarte() {
  local -a candidates
  candidates=("\${(@f)$(alacarte completion ${ASK} -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$candidates" ]]; then compadd -a candidates; else _files; fi
}
compdef _alacarte alacarte
`,
  fish: `function __alacarte
  set -l words (commandline -opc) (commandline -ct)
  alacarte completion ${ASK} -- $words[2..-1] 2>/dev/null
end
complete -c alacarte -a '(__alacarte)'
`,
};

const shells = Object.keys(scripts);

export const completion: Command = {
  help: `usage: alacarte completion [${shells.join(' | ')}]

  bash   echo 'source <(alacarte completion bash)' >> ~/.bashrc
  zsh    echo 'source <(alacarte completion zsh)' >> ~/.zshrc
  fish   alacarte completion fish > ~/.config/fish/completions/alacarte.fish

Completes commands, services, operations, flags and the values of flags that the models list.
`,
  async run([word, ...more], { environment, out }) {
    if (word === ASK) {
      const words = more.slice(1); // behind --, as they may be anything
      const found = await candidates(words.slice(0, -1), words.at(-1) ?? '');
      if (found.length > 0) out(`${found.join('\n')}\n`);
      return 0;
    }
    const shell = word ?? basename(environment['SHELL'] ?? '');
    const script = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
    if (script === undefined) {
      throw usageError(
        `'${shell}' is none of the shells ${shells.join(', ')}.${didYouMean(shell, shells)}`,
      );
    }
    out(script);
    return 0;
  },
};

async function candidates(words: readonly string[], current: string): Promise<string[]> {
  const { commands, commandNames } = await import('../own-commands.ts');
  const [first] = words;
  const own = first === undefined ? commandNames : await flagsOf(commands[first]);
  return [
    ...own.filter((name) => name.startsWith(current)),
    ...(await completions(words, current)),
  ];
}

/** The flags of a command of our own are those that its help tells of. */
async function flagsOf(entry: (typeof commands)[string] | undefined): Promise<string[]> {
  const help = (await entry?.load())?.help ?? '';
  return [...new Set(help.match(/(?<=^|[ [])--[a-z][a-z-]*/gm))];
}
