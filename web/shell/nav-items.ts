import type { MessageKey } from '../i18n/use-t';

export type NavCount = 'open' | 'snoozed' | 'gaps';
export type NavItem = {
  readonly path: string;
  readonly label: MessageKey;
  readonly count?: NavCount;
  readonly adminOnly?: boolean;
};
export type NavSection = { readonly label?: MessageKey; readonly items: readonly NavItem[] };

export const NAV_SECTIONS: readonly NavSection[] = [
  {
    items: [
      { path: '/inbox', label: 'nav.inbox', count: 'open' },
      { path: '/snoozed', label: 'nav.snoozed', count: 'snoozed' },
      { path: '/done', label: 'nav.done' },
    ],
  },
  {
    label: 'nav.operation',
    items: [
      { path: '/overview', label: 'nav.overview' },
      { path: '/runs', label: 'nav.runs' },
      { path: '/entries', label: 'nav.entries' },
      { path: '/months', label: 'nav.monthClose' },
      { path: '/audit', label: 'nav.audit' },
    ],
  },
  {
    label: 'nav.setup',
    items: [
      { path: '/bridges', label: 'nav.bridges' },
      { path: '/mappings', label: 'nav.mappings', count: 'gaps' },
      { path: '/connectors', label: 'nav.connectors' },
      { path: '/rules', label: 'nav.rules' },
      { path: '/users', label: 'nav.users', adminOnly: true },
      { path: '/settings', label: 'nav.settings' },
    ],
  },
];
