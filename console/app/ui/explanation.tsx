import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ExplainedStep } from '../api/call.ts';

/** What a service did for a call, as it tells itself; nothing where it tells nothing. */
export function Explanation({ title, steps }: { title: string; steps: readonly ExplainedStep[] }) {
  if (steps.length === 0) return null;
  return (
    <ExpandableSection headerText={title}>
      <SpaceBetween size="l">
        {steps.map((step, at) => (
          <KeyValuePairs
            key={at}
            columns={4}
            items={Object.entries(step)
              .filter(([, value]) => value !== undefined && value !== null && value !== '')
              .map(([name, value]) => ({
                label: inWords(name),
                value: typeof value === 'string' ? value : JSON.stringify(value),
              }))}
          />
        ))}
      </SpaceBetween>
    </ExpandableSection>
  );
}

/** `readUnits` as people read it: `Read units`. */
function inWords(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
