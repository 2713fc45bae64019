import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import * as yup from 'yup';
import { CommandFailed, EXIT } from '../failure.js';

/** The text of a file, `-` for standard input. @throws CommandFailed (wrong use) when it cannot be read. */
export function readSource(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw new CommandFailed(`${file} cannot be read`, 'no_file', EXIT.wrongUse);
  }
}

/** A shape of yup, of whatever kind. */
type Shape<T> = {
  readonly validateSync: (value: unknown, options: { abortEarly: boolean; strict: boolean }) => T;
};

/**
 * Reads YAML (or JSON) of that shape.
 * @throws CommandFailed (wrong use) that names every line or member that is wrong.
 */
export function readYaml<T>(source: string, shape: Shape<T>): T {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter });
  // An unknown tag is a warning for the library; for us it is a text that means something else than it says.
  const flaws = [...document.errors, ...document.warnings];
  if (flaws.length > 0) throw unusable(flaws.map((flaw) => flaw.message));
  const value: unknown = document.toJS();
  return checked(value, shape, placesIn(document, lineCounter));
}

type Places = (path: string) => string;

/** `line 7: ` for a path as yup writes it (`bridges[0].policies.marker`); of what is missing, the line of what lacks it. */
function placesIn(document: Document, lines: LineCounter): Places {
  return (path) => {
    const keys = [...path.matchAll(/[^.[\]"]+/g)].map(([key]) => (/^\d+$/.test(key) ? Number(key) : key));
    for (let length = keys.length; length >= 0; length -= 1) {
      const node: unknown = document.getIn(keys.slice(0, length), true);
      if (isNode(node) && node.range) return `line ${lines.linePos(node.range[0]).line}: `;
    }
    return '';
  };
}

function checked<T>(value: unknown, shape: Shape<T>, placeOf: Places): T {
  try {
    return shape.validateSync(value ?? {}, { abortEarly: false, strict: true });
  } catch (cause) {
    if (!(cause instanceof yup.ValidationError)) throw cause;
    const flaws = cause.inner.length > 0 ? cause.inner : [cause];
    throw unusable(flaws.map((flaw) => `${placeOf(placeOfFlaw(flaw))}${advice(flaw)}`));
  }
}

/** An unknown member is told at the place where it stands, not at that of the object it stands in. */
function placeOfFlaw({ path = '', type, params }: yup.ValidationError): string {
  const unknown = type === 'noUnknown' ? params?.['unknown'] : undefined;
  const [first] = typeof unknown === 'string' ? unknown.split(', ') : [];
  return first === undefined ? path : [path, first].filter((part) => part !== '').join('.');
}

function advice(flaw: yup.ValidationError): string {
  const { message, path = '', type, params } = flaw;
  if (type !== 'noUnknown') return message;
  const where = path === '' ? 'the file' : path;
  return `${where} has no member "${String(params?.['unknown'])}"; check the spelling against the example in docs/installation.md`;
}

export const unusable = (lines: readonly string[]): CommandFailed =>
  new CommandFailed(
    `The file cannot be used:\n${lines.map((line) => `  ${line}`).join('\n')}`,
    'setup',
    EXIT.wrongUse,
  );
