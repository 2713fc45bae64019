import { audit } from './de-setup/audit';
import { bridges } from './de-setup/bridges';
import { connectors } from './de-setup/connectors';
import { entries } from './de-setup/entries';
import { overview, rules } from './de-setup/overview';
import { settings, users } from './de-setup/people';
import { runs } from './de-setup/runs';

/** Labels that the inbox does without: they come with the first screen outside of it. */
const screens = { runs, entries, bridges, connectors, audit, overview, rules, users, settings };

export type ScreenMessages = typeof screens;
export default screens;
