import type { Choice, ConflictKind } from '../../domain/conflict';
import type { Fact } from '../../domain/reason';
import type { ConflictDetail } from '../data/conflicts';

export type Side = NonNullable<ConflictDetail['base']>;
export type Candidate = ConflictDetail['candidates'][number];
/** What makes a case; the rest of it is filled in. */
export type Recipe = {
  readonly kind: ConflictKind;
  readonly code: string;
  readonly ticket?: readonly [number: string, title: string];
  readonly customer?: string;
  readonly person?: string;
  readonly merged?: boolean;
  readonly daysAgo: number;
  readonly stake: number;
  readonly facts?: Readonly<Record<string, Fact>>;
  readonly base?: Partial<Side> | null;
  readonly source?: Partial<Side> | null;
  readonly target?: Partial<Side> | null;
  readonly differing?: ConflictDetail['differing'];
  readonly candidates?: readonly Partial<Candidate>[];
  readonly gap?: { readonly key: string; readonly name: string };
  readonly waiting?: number;
  readonly refused?: readonly Choice[];
};

export const HOUR = 3600;

/** At least one case of every kind. */
export const RECIPES: readonly Recipe[] = [
  {
    ...{ kind: 'unmapped_activity', code: 'unmapped_activity', daysAgo: 3, stake: 9.75 * HOUR, waiting: 14 },
    ...{
      gap: { key: '7', name: 'Fernwartung' },
      facts: { name: 'Fernwartung', entryCount: 14, sourceSeconds: 35_100 },
    },
  },
  {
    ...{ kind: 'unmapped_user', code: 'unmapped_user', daysAgo: 2, stake: 4.5 * HOUR, waiting: 6 },
    ...{
      gap: { key: '12', name: 'Ben Yılmaz' },
      facts: { name: 'Ben Yılmaz', entryCount: 6, sourceSeconds: 16_200 },
    },
  },
  {
    ...{ kind: 'unmapped_customer', code: 'unmapped_customer', daysAgo: 1, stake: 2 * HOUR, waiting: 3 },
    ...{
      gap: { key: 'organization:9', name: 'Praxis Dr. Engel' },
      facts: { name: 'Praxis Dr. Engel', entryCount: 3, sourceSeconds: 7200 },
    },
  },
  {
    ...{ kind: 'target_changed', code: 'target_changed', daysAgo: 5, stake: -1800 },
    ...{
      ticket: ['50012', 'Drucker im Lager druckt nicht'],
      customer: 'Autohaus Kern KG',
      person: 'Anna Vogt',
    },
    facts: { fields: ['seconds'], baseSeconds: 5400, sourceSeconds: 5400, targetSeconds: 7200 },
    ...{
      base: {},
      source: {},
      target: { seconds: 7200, description: 'Treiber neu installiert, Testdruck mit Hr. Maier' },
    },
    differing: ['seconds', 'description'],
  },
  {
    ...{ kind: 'target_changed', code: 'target_changed', daysAgo: 4, stake: 900 },
    ...{
      ticket: ['50044', 'VPN-Zugang Homeoffice einrichten'],
      customer: 'Steuerkanzlei Brandt',
      person: 'Ben Yılmaz',
    },
    facts: { fields: ['seconds'], baseSeconds: 5400, sourceSeconds: 5400, targetSeconds: 4500 },
    ...{ base: {}, source: {}, target: { seconds: 4500 }, differing: ['seconds'] },
  },
  {
    ...{ kind: 'target_changed', code: 'target_changed', daysAgo: 4, stake: 2 * HOUR },
    ...{
      ticket: ['50051', 'Umzug Exchange, Nacharbeiten'],
      customer: 'Huber Maschinenbau GmbH',
      person: 'Lena Roth',
    },
    facts: { fields: ['seconds', 'activityId'], baseSeconds: 9000, sourceSeconds: 9000, targetSeconds: 1800 },
    ...{ base: { seconds: 9000 }, source: { seconds: 9000 } },
    target: { seconds: 1800, activity: { id: '3', name: 'Wartung' } },
    differing: ['seconds', 'activityId'],
  },
  {
    ...{ kind: 'mismatch', code: 'both_changed', daysAgo: 2, stake: -1800 },
    ...{ ticket: ['50038', 'Outlook startet nicht'], customer: 'Stadtwerke Ost', person: 'Anna Vogt' },
    facts: { fields: ['seconds'], sourceSeconds: 4500, targetSeconds: 6300 },
    ...{
      base: {},
      source: { seconds: 4500 },
      target: { seconds: 6300, activity: { id: '2', name: 'Support vor Ort' } },
    },
    differing: ['seconds', 'activityId'],
  },
  {
    ...{ kind: 'locked', code: 'locked_row_exported', daysAgo: 24, stake: HOUR, refused: ['deduct'] },
    ...{ ticket: ['49877', 'Serverraum: Klima-Alarm'], customer: 'Autohaus Kern KG', person: 'Anna Vogt' },
    facts: { differenceSeconds: HOUR, sourceSeconds: 9000, targetSeconds: 5400 },
    ...{ base: {}, source: { seconds: 9000 }, target: {}, differing: ['seconds'] },
  },
  {
    ...{
      kind: 'locked',
      code: 'locked_row_exported',
      daysAgo: 24,
      stake: -1800,
      refused: ['book_correction'],
    },
    ...{ ticket: ['49902', 'Benutzerkonto gesperrt'], customer: 'Praxis Dr. Engel', person: 'Ben Yılmaz' },
    facts: { differenceSeconds: -1800, sourceSeconds: 3600, targetSeconds: 5400 },
    ...{
      base: {},
      source: { seconds: 3600 },
      target: {},
      differing: ['seconds'],
      candidates: [{ score: 0.4 }, { score: 0.3 }],
    },
  },
  {
    ...{ kind: 'duplicate', code: 'several_with_marker', daysAgo: 3, stake: 2700 },
    ...{ ticket: ['50060', 'Monitor defekt, Tausch'], customer: 'Stadtwerke Ost', person: 'Lena Roth' },
    facts: { rowCount: 2, targetSeconds: 5400 },
    ...{ base: null, source: { seconds: 2700 }, target: null },
    candidates: [
      { seconds: 2700, score: 1 },
      { seconds: 2700, score: 1, exported: true },
    ],
  },
  {
    ...{ kind: 'ambiguous', code: 'similar_rows', daysAgo: 2, stake: 3600 },
    ...{
      ticket: ['50063', 'WLAN im Besprechungsraum instabil'],
      customer: 'Huber Maschinenbau GmbH',
      person: 'Anna Vogt',
    },
    facts: { rowCount: 2, sourceSeconds: 3600 },
    ...{ base: null, source: { seconds: 3600 }, target: null },
    candidates: [
      { seconds: 3600, score: 0.82, description: 'WLAN Besprechungsraum' },
      { seconds: 4500, score: 0.64, description: 'Access Point getauscht' },
    ],
  },
  {
    ...{ kind: 'missing', code: 'missing', daysAgo: 1, stake: 1800 },
    ...{
      ticket: ['50071', 'Neuer Arbeitsplatz für Auszubildende'],
      customer: 'Autohaus Kern KG',
      person: 'Lena Roth',
    },
    ...{ facts: { sourceSeconds: 1800 }, base: null, source: { seconds: 1800 }, target: null },
  },
  {
    ...{ kind: 'target_deleted', code: 'target_deleted', daysAgo: 1, stake: 1800 },
    ...{ ticket: ['50025', 'Passwort zurücksetzen'], customer: 'Steuerkanzlei Brandt', person: 'Anna Vogt' },
    ...{ facts: { sourceSeconds: 1800 }, base: { seconds: 1800 }, source: { seconds: 1800 }, target: null },
  },
  {
    ...{ kind: 'source_deleted', code: 'source_deleted', daysAgo: 1, stake: -4500 },
    ...{ ticket: ['50029', 'Backup-Bericht prüfen'], customer: 'Stadtwerke Ost', person: 'Ben Yılmaz' },
    ...{ facts: { targetSeconds: 4500 }, base: { seconds: 4500 }, source: null, target: { seconds: 4500 } },
  },
  {
    ...{ kind: 'rejected', code: 'overlap', daysAgo: 1, stake: 5400 },
    ...{
      ticket: ['50080', 'Switch im Erdgeschoss ausgefallen'],
      customer: 'Huber Maschinenbau GmbH',
      person: 'Anna Vogt',
    },
    ...{
      facts: { quoted: ['You already have an entry for this time.'] },
      base: null,
      source: { seconds: 5400 },
      target: null,
    },
  },
  {
    ...{ kind: 'correction', code: 'correction', daysAgo: 1, stake: -1800 },
    ...{
      ticket: ['50012', 'Drucker im Lager druckt nicht'],
      customer: 'Autohaus Kern KG',
      person: 'Anna Vogt',
    },
    ...{ facts: { sourceSeconds: -1800 }, base: null, source: { seconds: -1800 }, target: null, waiting: 2 },
  },
  {
    kind: 'unreadable',
    code: 'unreadable',
    daysAgo: 0,
    stake: 0,
    ticket: ['50090', 'Telefonanlage: Ansage ändern'],
    facts: { unitText: '1,5.0' },
  },
  {
    ...{
      kind: 'reverted',
      code: 'reverted',
      daysAgo: 0,
      stake: 2700,
      ticket: ['50033', 'Scanner einrichten'],
    },
    ...{
      customer: 'Praxis Dr. Engel',
      person: 'Lena Roth',
      base: { seconds: 2700 },
      source: { seconds: 2700 },
      target: null,
    },
  },
  {
    ...{
      kind: 'unknown_outcome',
      code: 'unknown_outcome',
      daysAgo: 0,
      stake: 900,
      ticket: ['50034', 'Zertifikat erneuern'],
    },
    ...{
      customer: 'Stadtwerke Ost',
      person: 'Ben Yılmaz',
      base: null,
      source: { seconds: 900 },
      target: null,
    },
  },
  {
    kind: 'guard',
    code: 'guard_deletes',
    daysAgo: 0,
    stake: -40 * HOUR,
    facts: { stepCount: 38, linkCount: 412, limit: 10 },
  },
];
