import type { ScreenMessages } from './de-screens';
import { audit } from './en-setup/audit';
import { bridges } from './en-setup/bridges';
import { connectors } from './en-setup/connectors';
import { entries } from './en-setup/entries';
import { overview, rules } from './en-setup/overview';
import { settings, users } from './en-setup/people';
import { runs } from './en-setup/runs';

/** Labels that the inbox does without: they come with the first screen outside of it. */
const screens: ScreenMessages = {
  runs,
  entries,
  bridges,
  connectors,
  audit,
  overview,
  rules,
  users,
  settings,
};

export default screens;
