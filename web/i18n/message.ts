type Values = Readonly<Record<string, unknown>>;

/**
 * A label with `{name}` parts filled in. Plural forms stand beside each other, `one | several` or
 * `none | one | several`; `{n}` is the number. German and English know no other forms.
 */
export function messageOf(label: string, values: Values, plural?: number): string {
  const form = plural === undefined ? label : formFor(label.split(' | '), plural);
  const all: Values = plural === undefined ? values : { n: plural, ...values };
  return form.replace(/\{(\w+)\}/g, (part, name: string) => {
    const value = all[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : part;
  });
}

function formFor(forms: readonly string[], count: number): string {
  const [first = '', second = first, third = second] = forms;
  if (forms.length < 3) return count === 1 ? first : second;
  if (count === 0) return first;
  return count === 1 ? second : third;
}
