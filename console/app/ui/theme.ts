import { applyMode, Mode } from '@cloudscape-design/global-styles';

export type Theme = 'light' | 'dark';

const storageKey = 'alacarte.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

export function currentTheme(): Theme {
  const chosen = localStorage.getItem(storageKey);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return system.matches ? 'dark' : 'light';
}

/** Shows the theme that was chosen, or else the system's, also when that changes. */
export function followTheme(): void {
  const apply = (): void => applyMode(currentTheme() === 'dark' ? Mode.Dark : Mode.Light);
  system.addEventListener('change', apply);
  apply();
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(storageKey, theme);
  applyMode(theme === 'dark' ? Mode.Dark : Mode.Light);
}
