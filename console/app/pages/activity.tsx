import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import { type ActivityEntry, useActivity } from '../api/activity.ts';
import { Collection } from '../ui/collection.tsx';
import { Empty } from '../ui/empty.tsx';
import { Realization } from '../ui/realization.tsx';

/** Every call that this cloud answers, whoever makes it, as it comes. */
export function Activity() {
  const { entries, error } = useActivity();
  const [all, setAll] = useState(false);
  return (
    <Collection
      title="Activity"
      items={all ? entries : entries.filter((entry) => !isOwnRead(entry))}
      id={({ sequence }) => String(sequence)}
      loading={false}
      error={error}
      actions={
        <Toggle checked={all} onChange={({ detail }) => setAll(detail.checked)}>
          Show what browsers only read
        </Toggle>
      }
      empty={
        <Empty title="No calls yet">
          <span>Calls appear as they are made, from here or anywhere else.</span>
        </Empty>
      }
      columns={[
        { id: 'time', header: 'Time', cell: ({ time }) => new Date(time).toLocaleTimeString() },
        { id: 'service', header: 'Service', cell: ({ service }) => service ?? '-' },
        {
          id: 'operation',
          header: 'Operation',
          cell: ({ operation }) => operation ?? '-',
          isRowHeader: true,
        },
        { id: 'answer', header: 'Answer', cell: (entry) => <Outcome entry={entry} /> },
        { id: 'took', header: 'Took', cell: ({ durationMs }) => `${durationMs.toFixed(1)} ms` },
        {
          id: 'realization',
          header: 'How real',
          cell: ({ realization }) => <Realization value={realization} />,
        },
        {
          id: 'by',
          header: 'By',
          cell: ({ principal, calledVia }) => calledVia?.join(' › ') ?? principal ?? '-',
        },
      ]}
    />
  );
}

function Outcome({ entry: { status, error } }: { entry: ActivityEntry }) {
  if (!error) return <StatusIndicator type="success">{status}</StatusIndicator>;
  return (
    <>
      <StatusIndicator type="error">{`${status} ${error.code}`}</StatusIndicator>
      <Box variant="small" display="block">
        {error.message}
      </Box>
    </>
  );
}

/** Pages read again and again what they show, which would hide everything else. */
function isOwnRead({ userAgent = '', operation = '' }: ActivityEntry): boolean {
  return userAgent.startsWith('Mozilla/') && /^(Describe|List|Get|Scan|Query)/.test(operation);
}
