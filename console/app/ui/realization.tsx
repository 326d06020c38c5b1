import Badge from '@cloudscape-design/components/badge';
import Popover from '@cloudscape-design/components/popover';

const meanings: Readonly<
  Record<string, { color: 'green' | 'grey' | 'severity-medium'; text: string }>
> = {
  real: { color: 'green', text: 'What you see is really there and works.' },
  recorded: { color: 'grey', text: 'This is kept and shown as asked; nothing acts on it yet.' },
  mock: {
    color: 'severity-medium',
    text: 'Machines are played: states change as on AWS, but nothing boots. `alacarte doctor` says what a real driver needs.',
  },
};

/** How real an answer is, as the header `x-alacarte-realization` says. */
export function Realization({ value }: { value: string | undefined }) {
  const meaning = value === undefined ? undefined : meanings[value];
  if (!meaning) return null;
  return (
    <Popover content={meaning.text} triggerType="custom" dismissButton={false}>
      <Badge color={meaning.color}>{value}</Badge>
    </Popover>
  );
}
