import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import Button from '@cloudscape-design/components/button';
import { cloudformation } from '../api/services.ts';
import { useRead } from '../api/use-call.ts';
import { Collection } from '../ui/collection.tsx';
import { Empty } from '../ui/empty.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { pollMilliseconds, State } from '../ui/state.tsx';
import { useGo } from '../ui/use-go.ts';

export function Stacks() {
  const go = useGo();
  const { data, error, isPending } = useRead(cloudformation(DescribeStacksCommand, {}), {
    every: (output) => pollMilliseconds(output?.Stacks?.map((stack) => stack.StackStatus) ?? []),
  });
  const deploy = (
    <Button variant="primary" onClick={() => go('/cloudformation/stacks/deploy')}>
      Deploy a template
    </Button>
  );
  return (
    <Collection
      title="Stacks"
      items={data?.output.Stacks ?? []}
      id={({ StackId = '' }) => StackId}
      loading={isPending}
      error={error}
      realization={data?.realization}
      actions={deploy}
      empty={<Empty title="No stacks in this region">{deploy}</Empty>}
      columns={[
        {
          id: 'name',
          header: 'Name',
          cell: ({ StackName = '' }) => (
            <PageLink to={`/cloudformation/stacks/${StackName}`}>{StackName}</PageLink>
          ),
          sortingField: 'StackName',
          isRowHeader: true,
        },
        { id: 'state', header: 'State', cell: (stack) => <State value={stack.StackStatus} /> },
        { id: 'about', header: 'Description', cell: (stack) => stack.Description ?? '-' },
        {
          id: 'created',
          header: 'Created',
          cell: (stack) => stack.CreationTime?.toLocaleString() ?? '-',
          sortingField: 'CreationTime',
        },
      ]}
    />
  );
}
