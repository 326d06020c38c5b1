import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import Button from '@cloudscape-design/components/button';
import { dynamodb } from '../api/services.ts';
import { useRead } from '../api/use-call.ts';
import { Collection } from '../ui/collection.tsx';
import { Empty } from '../ui/empty.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { useGo } from '../ui/use-go.ts';

export function Tables() {
  const go = useGo();
  const { data, error, isPending } = useRead(dynamodb(ListTablesCommand, {}), {
    every: () => 4000,
  });
  const create = (
    <Button variant="primary" onClick={() => go('/dynamodb/tables/create')}>
      Create table
    </Button>
  );
  return (
    <Collection
      title="Tables"
      items={data?.output.TableNames ?? []}
      id={(name) => name}
      loading={isPending}
      error={error}
      realization={data?.realization}
      actions={create}
      empty={<Empty title="No tables in this region">{create}</Empty>}
      columns={[
        {
          id: 'name',
          header: 'Name',
          cell: (name) => (
            <PageLink to={`/dynamodb/tables/${encodeURIComponent(name)}`}>{name}</PageLink>
          ),
          sortingComparator: (one, other) => one.localeCompare(other),
          isRowHeader: true,
        },
      ]}
    />
  );
}
