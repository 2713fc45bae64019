type Values = Readonly<Record<string, unknown>>;

/** Fills the `:name` parts of a contract's path and adds the query; lists are joined with commas, absent values left out. */
export function addressOf(path: string, params: unknown, query: unknown): string {
  const values = record(params);
  const filled = path.replace(/:([A-Za-z]+)/g, (_part, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${path} needs the parameter ${name}`);
    return encodeURIComponent(textOf(value));
  });
  const search = searchOf(record(query));
  return search ? `${filled}?${search}` : filled;
}

function searchOf(query: Values): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    if (Array.isArray(value) && value.length === 0) continue;
    search.set(name, Array.isArray(value) ? value.map(textOf).join(',') : textOf(value));
  }
  return search.toString();
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`an address cannot hold a value of type ${typeof value}`);
}

function record(value: unknown): Values {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
