import type {
  KimaiActivity,
  KimaiCustomer,
  KimaiEntity,
  KimaiProject,
  KimaiTimesheet,
  KimaiUser,
} from './world.js';

type Given<T, K extends keyof T> = Pick<T, K> & Partial<T>;

/** A user with an address at example.com and the zone Europe/Berlin, unless said otherwise. */
export function newUser(given: Given<KimaiUser, 'id' | 'username'>): KimaiUser {
  return {
    email: `${given.username}@example.com`,
    alias: null,
    title: null,
    accountNumber: null,
    enabled: true,
    systemAccount: false,
    timezone: 'Europe/Berlin',
    language: 'en',
    locale: given.language ?? 'en',
    roles: [],
    color: null,
    supervisor: null,
    hourlyRate: 0,
    internalRate: null,
    preferences: {},
    ...given,
  };
}

/** A visible, billable customer in Germany that pays in euro, unless said otherwise. */
export function newCustomer(given: Given<KimaiCustomer, 'id' | 'name'>): KimaiCustomer {
  return {
    ...entity,
    company: null,
    vatId: null,
    contact: null,
    address: null,
    addressLine1: null,
    addressLine2: null,
    addressLine3: null,
    postCode: null,
    city: null,
    country: 'DE',
    language: 'en',
    currency: 'EUR',
    phone: null,
    fax: null,
    mobile: null,
    email: null,
    homepage: null,
    timezone: 'Europe/Berlin',
    invoiceEmail: null,
    buyerReference: null,
    ...given,
  };
}

/** A visible, billable project without dates that takes global activities, unless said otherwise. */
export function newProject(given: Given<KimaiProject, 'id' | 'name' | 'customer'>): KimaiProject {
  return {
    ...entity,
    orderNumber: null,
    orderDate: null,
    start: null,
    end: null,
    globalActivities: true,
    ...given,
  };
}

/** A visible, billable, global activity, unless said otherwise. */
export function newActivity(given: Given<KimaiActivity, 'id' | 'name'>): KimaiActivity {
  return { ...entity, project: null, ...given };
}

/** A stopped, billable record of Europe/Berlin whose duration is its time span, unless said otherwise. */
export function newTimesheet(
  given: Given<KimaiTimesheet, 'id' | 'user' | 'project' | 'activity' | 'begin' | 'end' | 'dateTz'>,
): KimaiTimesheet {
  return {
    duration: given.end === null ? 0 : given.end - given.begin,
    break: 0,
    timezone: 'Europe/Berlin',
    description: null,
    tags: [],
    exported: false,
    billable: true,
    fixedRate: null,
    hourlyRate: 0,
    rate: 0,
    internalRate: 0,
    meta: {},
    modifiedAt: given.end ?? given.begin,
    ...given,
  };
}

const entity = {
  number: null,
  comment: null,
  invoiceText: null,
  visible: true,
  billable: true,
  color: null,
  teams: [],
  budget: 0,
  timeBudget: 0,
  budgetType: null,
} as const satisfies Omit<KimaiEntity, 'id' | 'name'>;
