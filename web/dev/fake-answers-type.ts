/** What a call carries. */
export type Parts = Readonly<Record<'params' | 'query' | 'body', Record<string, unknown>>>;

/** An answer for each endpoint, by method and path. */
export type Answers = Readonly<Record<string, (parts: Parts) => unknown>>;
