import type { AnySchema, InferType } from 'yup';

/** A cursor is our own JSON in a text column; one that does not parse is a bug, not the other system's doing. */
export function readCursor<S extends AnySchema>(schema: S, cursor: string): InferType<S> {
  return schema.validateSync(JSON.parse(cursor), { strict: true });
}

export const writeCursor = (position: Readonly<Record<string, unknown>>): string => JSON.stringify(position);

/** The cursor of plain page numbers; null is the first page. */
export function pageOf(cursor: string | null): number {
  const page = cursor === null ? 1 : Number(cursor);
  if (!Number.isSafeInteger(page) || page < 1) throw new RangeError(`"${cursor}" is not a page number`);
  return page;
}
