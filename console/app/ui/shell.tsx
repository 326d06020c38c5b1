import AppLayout from '@cloudscape-design/components/app-layout';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import Spinner from '@cloudscape-design/components/spinner';
import TopNavigation from '@cloudscape-design/components/top-navigation';
import { Suspense, useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { type Health, useHealth } from '../api/health.ts';
import { changeSession, hasOwnKeys, readSession } from '../api/session.ts';
import { SignIn } from '../forms/sign-in.tsx';
import logo from './logo.svg';
import { regions } from './regions.ts';
import { SentCall } from './sent-call.tsx';
import { chooseTheme, currentTheme } from './theme.ts';
import { useGo } from './use-go.ts';

const places = [
  { type: 'link', text: 'Home', href: '/' },
  { type: 'divider' },
  { type: 'link', text: 'EC2 instances', href: '/ec2/instances' },
  { type: 'link', text: 'EC2 key pairs', href: '/ec2/key-pairs' },
  { type: 'link', text: 'DynamoDB tables', href: '/dynamodb/tables' },
  { type: 'link', text: 'CloudFormation stacks', href: '/cloudformation/stacks' },
  { type: 'divider' },
  { type: 'link', text: 'Activity', href: '/activity' },
] as const;

/** What is around every page: where one is, in which region, and how real it is. */
export function Shell() {
  const { pathname } = useLocation();
  const go = useGo();
  const { data: health } = useHealth();
  const place = places.findLast((item) => 'href' in item && pathname.startsWith(item.href));
  return (
    <>
      <div id="top">
        <Top />
      </div>
      <AppLayout
        headerSelector="#top"
        toolsHide
        navigationWidth={230}
        navigation={
          <SideNavigation
            items={places}
            activeHref={place && 'href' in place ? place.href : '/'}
            onFollow={(event) => {
              if (event.detail.external === true) return;
              event.preventDefault();
              go(event.detail.href);
            }}
          />
        }
        notifications={<SentCall />}
        content={
          health?.auth === 'strict' && !hasOwnKeys() ? (
            <SignIn />
          ) : (
            <Suspense fallback={<Spinner size="large" />}>
              <Outlet />
            </Suspense>
          )
        }
      />
    </>
  );
}

function Top() {
  const { data: health } = useHealth();
  const [theme, setTheme] = useState(currentTheme);
  const other = theme === 'dark' ? 'light' : 'dark';
  const { region } = readSession();
  return (
    <TopNavigation
      identity={{ href: '/_alacarte/console/', logo: { src: logo, alt: 'Alacarte' } }}
      utilities={[
        ...(health
          ? [
              {
                type: 'button' as const,
                iconName:
                  health.compute.realization === 'real'
                    ? ('status-positive' as const)
                    : ('status-warning' as const),
                text: driverName(health),
                title: 'What instances run on',
                href: '/_alacarte/doctor',
              },
            ]
          : []),
        {
          type: 'menu-dropdown',
          text: region,
          ariaLabel: 'Region',
          items: regions.map((id) => ({ id, text: id })),
          onItemClick: ({ detail }) => changeSession({ region: detail.id }),
        },
        {
          type: 'button',
          text: other === 'dark' ? 'Dark' : 'Light',
          ariaLabel: `Switch to the ${other} theme`,
          onClick: () => {
            chooseTheme(other);
            setTheme(other);
          },
        },
      ]}
    />
  );
}

/** The mock driver is named after what it is. */
function driverName({ compute: { driver, realization } }: Health): string {
  return driver === realization ? driver : `${driver} (${realization})`;
}
