import * as yup from 'yup';

const seconds = () => yup.number().required();
const sumFields = {
  source: seconds(),
  target: seconds(),
  rounding: seconds(),
  accepted: seconds(),
  open: seconds(),
  broken: seconds(),
};
const monthSum = yup.object({
  month: yup
    .string()
    .matches(/^\d{4}-\d{2}$/)
    .required(),
  ...sumFields,
  beforeStart: seconds(),
  unreadable: seconds(),
  byCustomer: yup.mixed<Record<string, unknown>>({ type: 'object' }).required(),
});
const bridgeSums = yup.object({ months: yup.array().of(monthSum).required(), brokenSeconds: seconds() });
const sum = yup.object(sumFields);

export type Sum = yup.InferType<typeof sum>;
export type CustomerSum = Sum & { readonly key: string };
export type MonthSums = Omit<yup.InferType<typeof monthSum>, 'byCustomer'> & {
  readonly customers: readonly CustomerSum[];
};

/** The proof of a run as the page shows it, newest month first; null when it is not in a form this page knows. */
export function readSums(value: object): readonly MonthSums[] | null {
  if (!bridgeSums.isValidSync(value)) return null;
  return value.months
    .map(({ byCustomer, ...month }) => ({ ...month, customers: customersOf(byCustomer) }))
    .sort((a, b) => (a.month < b.month ? 1 : -1));
}

function customersOf(byCustomer: Record<string, unknown>): CustomerSum[] {
  return Object.entries(byCustomer)
    .flatMap(([key, value]) => (sum.isValidSync(value) ? [{ ...value, key }] : []))
    .sort((a, b) => b.source - a.source);
}

/** Months that do not come out, and by how many seconds in all (absolute). */
export function brokenOf(months: readonly MonthSums[]): { readonly count: number; readonly seconds: number } {
  const broken = months.filter((month) => month.broken !== 0);
  return {
    count: broken.length,
    seconds: broken.reduce((total, month) => total + Math.abs(month.broken), 0),
  };
}
