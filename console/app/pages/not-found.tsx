import { Empty } from '../ui/empty.tsx';
import { PageLink } from '../ui/page-link.tsx';

export function NotFound() {
  return (
    <Empty title="There is no such page">
      <PageLink to="/">Go home</PageLink>
    </Empty>
  );
}
