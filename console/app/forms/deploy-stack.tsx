import { Empty } from '../ui/empty.tsx';

export function DeployStack() {
  return <Empty title="Deploy" />;
}
