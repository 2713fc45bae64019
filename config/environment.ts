import * as yup from 'yup';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment does not fit. Its message names keys and what is right, never the values: they may be secrets. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError';
  constructor(readonly problems: readonly string[]) {
    super(`The environment cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/**
 * Reads the keys of `shape` from the environment. An empty value counts as absent, because that is what a compose
 * file makes of a variable that nobody set.
 * @throws EnvironmentError that lists every key that is missing or wrong.
 */
export function readEnvironment<S extends yup.ObjectShape>(shape: S, source: Environment) {
  const given = Object.keys(shape)
    .map((key) => [key, source[key]] as const)
    .filter(([, value]) => value !== undefined && value !== '');
  try {
    return Object.freeze(yup.object(shape).validateSync(Object.fromEntries(given), { abortEarly: false }));
  } catch (cause) {
    if (!(cause instanceof yup.ValidationError)) throw cause;
    const issues = cause.inner.length > 0 ? cause.inner : [cause];
    throw new EnvironmentError([...new Set(issues.map((issue) => `${issue.path}: ${issue.message}`))]);
  }
}

/** A whole number in decimal digits: `1e3`, `0x10` and `12px` are refused. */
export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return yup
    .number()
    .transform((_value, given: unknown) => {
      if (typeof given === 'number') return given;
      return typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
    })
    .typeError(message)
    .min(min, message)
    .max(max, message);
}

export const portNumber = () => wholeNumber(1, 65_535);

/** `true` or `false`, and nothing else: `Boolean('false')` is a well-known trap. */
export function flag() {
  return yup
    .boolean()
    .transform((_value, given: unknown) => {
      if (typeof given === 'boolean') return given;
      return given === 'true' ? true : given === 'false' ? false : null;
    })
    .typeError('must be true or false')
    .nonNullable('must be true or false');
}

/** An absolute address with one of these schemes; the trailing slash is taken off. */
export function address(schemes: readonly string[]) {
  const names = schemes.map((scheme) => `${scheme}://`).join(' or ');
  return yup
    .string()
    .transform((value: unknown) => (typeof value === 'string' ? value.replace(/\/+$/, '') : value))
    .test('address', `must be an address that begins with ${names}`, (value) => {
      if (value === undefined) return true;
      return URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1));
    });
}

/** A list with commas; empty items are left out. */
export function list(item: (text: string) => boolean, message: string) {
  return yup
    .string()
    .default('')
    .test('list', message, (value) => splitList(value).every(item));
}

/** The items of a `list`. */
export function splitList(value: string): readonly string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
