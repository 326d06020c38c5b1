import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { useHref } from 'react-router';
import { useGo } from './use-go.ts';

/** A link to another page of the console. */
export function PageLink({ to, children }: { to: string; children: ReactNode }) {
  const go = useGo();
  return (
    <Link
      href={useHref(to)}
      onFollow={(event) => {
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </Link>
  );
}
