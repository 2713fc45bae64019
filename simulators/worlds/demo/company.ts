/** Weidner IT-Service: who works there, for whom, and under which ids both systems know it. */
export const COMPANY = 'Weidner IT-Service';

export type Agent = {
  readonly key: string;
  readonly firstname: string;
  readonly lastname: string;
  readonly zammadId: number;
  readonly kimaiId: number;
  /** Address in Kimai where it differs from Zammad's. */
  readonly kimaiEmail?: string;
  /** Money an hour in Kimai. */
  readonly hourlyRate: number;
  /** Accounts time from this many days before today on; a new colleague has a shorter past. */
  readonly sinceDays: number;
  /** First and last day of a holiday, in days before today. */
  readonly away: readonly [from: number, to: number];
};

export const AGENTS: readonly Agent[] = [
  {
    key: 'anna',
    firstname: 'Anna',
    lastname: 'Vogt',
    zammadId: 3,
    kimaiId: 2,
    hourlyRate: 92,
    sinceDays: 80,
    away: [47, 41],
  },
  {
    key: 'ben',
    firstname: 'Ben',
    lastname: 'Yilmaz',
    zammadId: 4,
    kimaiId: 3,
    hourlyRate: 85,
    sinceDays: 80,
    away: [68, 58],
  },
  {
    key: 'lena',
    firstname: 'Lena',
    lastname: 'Roth',
    zammadId: 5,
    kimaiId: 4,
    hourlyRate: 85,
    sinceDays: 80,
    away: [33, 30],
  },
  {
    key: 'tobias',
    firstname: 'Tobias',
    lastname: 'Kranz',
    zammadId: 6,
    kimaiId: 5,
    hourlyRate: 98,
    sinceDays: 80,
    away: [26, 19],
  },
  {
    key: 'miriam',
    firstname: 'Miriam',
    lastname: 'Adler',
    zammadId: 7,
    kimaiId: 6,
    hourlyRate: 85,
    sinceDays: 80,
    away: [12, 10],
  },
  // New in the team, and in Kimai under another address: nobody has mapped him yet.
  {
    key: 'jonas',
    firstname: 'Jonas',
    lastname: 'Petersen',
    zammadId: 8,
    kimaiId: 7,
    kimaiEmail: 'petersen.jonas@example.net',
    hourlyRate: 72,
    sinceDays: 16,
    away: [0, 1],
  },
];

export const ZAMMAD_ADMIN = {
  id: 2,
  login: 'jana.weidner@weidner-it.example',
  firstname: 'Jana',
  lastname: 'Weidner',
} as const;
export const ZAMMAD_SYNC_ID = 9;
export const KIMAI_ADMIN_ID = 1;
export const KIMAI_SYNC_ID = 8;

export type Organization = {
  readonly zammadId: number;
  readonly name: string;
  /** The customer's name in Kimai where it differs. */
  readonly kimaiName?: string;
  readonly domain: string;
  readonly contacts: readonly [readonly [string, string], ...(readonly [string, string])[]];
  /** How much of the work it asks for. */
  readonly share: number;
};

export const ORGANIZATIONS: readonly [Organization, ...Organization[]] = [
  {
    zammadId: 1,
    name: 'Autohaus Kern KG',
    domain: 'autohaus-kern.example',
    contacts: [
      ['Stefan', 'Kern'],
      ['Petra', 'Maier'],
      ['Yusuf', 'Demir'],
    ],
    share: 5,
  },
  {
    zammadId: 2,
    name: 'Steuerkanzlei Brandt',
    domain: 'kanzlei-brandt.example',
    contacts: [
      ['Claudia', 'Brandt'],
      ['Heike', 'Sommer'],
    ],
    share: 4,
  },
  {
    zammadId: 3,
    name: 'Huber Maschinenbau GmbH',
    domain: 'huber-mb.example',
    contacts: [
      ['Georg', 'Huber'],
      ['Daniela', 'Frank'],
      ['Michael', 'Obermeier'],
    ],
    share: 6,
  },
  // In Kimai under the name of the partnership: nobody has mapped it yet.
  {
    zammadId: 4,
    name: 'Praxis Dr. Engel',
    kimaiName: 'Gemeinschaftspraxis Engel & Partner',
    domain: 'praxis-engel.example',
    contacts: [
      ['Martin', 'Engel'],
      ['Sabine', 'Wolf'],
    ],
    share: 1,
  },
  {
    zammadId: 5,
    name: 'Stadtwerke Ost',
    domain: 'stadtwerke-ost.example',
    contacts: [
      ['Ralf', 'Neumann'],
      ['Katrin', 'Schulz'],
      ['Olaf', 'Peters'],
    ],
    share: 6,
  },
  {
    zammadId: 6,
    name: 'Tischlerei Lindner',
    domain: 'lindner-holz.example',
    contacts: [['Franz', 'Lindner']],
    share: 2,
  },
  {
    zammadId: 7,
    name: 'Hotel Seeblick',
    domain: 'hotel-seeblick.example',
    contacts: [
      ['Birgit', 'Hansen'],
      ['Tim', 'Ostermann'],
    ],
    share: 3,
  },
  {
    zammadId: 8,
    name: 'Schreiber Logistik GmbH',
    domain: 'schreiber-log.example',
    contacts: [
      ['Andreas', 'Schreiber'],
      ['Nadine', 'Busch'],
    ],
    share: 4,
  },
];

/** Kimai's customer and its project "Support" have the organization's id; more projects follow after them. */
export const kimaiCustomerId = (organization: Organization): number => organization.zammadId;
export const kimaiProjectId = (organization: Organization): number => organization.zammadId;
export const INTERNAL_CUSTOMER_ID = 9;
export const INTERNAL_PROJECT_ID = 9;

export type ActivityType = {
  readonly zammadId: number;
  readonly name: string;
  readonly kimaiId: number;
  readonly kimaiName: string;
  readonly share: number;
};

export const REMOTE = 1;
export const ON_CALL = 6;

export const ACTIVITY_TYPES: readonly [ActivityType, ...ActivityType[]] = [
  { zammadId: REMOTE, name: 'Fernwartung', kimaiId: 1, kimaiName: 'Fernwartung', share: 9 },
  { zammadId: 2, name: 'Support vor Ort', kimaiId: 2, kimaiName: 'Support vor Ort', share: 4 },
  { zammadId: 3, name: 'Wartung', kimaiId: 3, kimaiName: 'Wartung', share: 3 },
  { zammadId: 4, name: 'Beratung', kimaiId: 4, kimaiName: 'Beratung', share: 2 },
  { zammadId: 5, name: 'Fahrtzeit', kimaiId: 5, kimaiName: 'Fahrtzeit', share: 2 },
  // On call at night: Kimai's activity has another name and nobody has mapped it yet.
  { zammadId: ON_CALL, name: 'Rufbereitschaft', kimaiId: 6, kimaiName: 'Bereitschaft', share: 0 },
  { zammadId: 7, name: 'Installation', kimaiId: 7, kimaiName: 'Installation', share: 2 },
];
/** Kimai's activity for entries that carry no type. */
export const OTHER_ACTIVITY = { id: 8, name: 'Sonstiges' } as const;
export const MEETING_ACTIVITY = { id: 9, name: 'Besprechung' } as const;

/** What an administrator has left unmapped, on purpose: one of each kind of gap. */
export const UNMAPPED = { organizationId: 4, agentKey: 'jonas', typeId: ON_CALL } as const;

export const GROUPS = ['Service Desk', 'Außendienst', 'Projekte'] as const;

/** An agent's login in Zammad. */
export function loginOf(agent: Agent): string {
  return `${agent.firstname}.${agent.lastname}@weidner-it.example`.toLowerCase();
}
