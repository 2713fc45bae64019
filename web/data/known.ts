/** What was read, once it was. */
export type Known<T> = T | undefined;
