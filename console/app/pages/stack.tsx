import { Empty } from '../ui/empty.tsx';

export function Stack() {
  return <Empty title="Stack" />;
}
