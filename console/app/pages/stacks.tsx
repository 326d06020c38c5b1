import { Empty } from '../ui/empty.tsx';

export function Stacks() {
  return <Empty title="Stacks" />;
}
