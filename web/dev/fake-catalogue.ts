const NAMES: Readonly<Record<string, readonly (readonly [string, string | null])[]>> = {
  activities: [
    ['Support remote', null],
    ['Support vor Ort', null],
    ['Wartung', null],
    ['Projektarbeit', 'Umzug Exchange'],
    ['Beratung', null],
    ['Anfahrt', null],
  ],
  users: [
    ['Anna Vogt', null],
    ['Ben Yılmaz', null],
    ['Lena Roth', null],
  ],
  customers: [
    ['Wartung 2026', 'Autohaus Kern KG'],
    ['Wartung 2026', 'Praxis Dr. Engel'],
    ['Umzug Exchange', 'Huber Maschinenbau GmbH'],
  ],
};

/** What Kimai has to choose from, by the kind of mapping. */
export function fakeCatalogue(kind: string) {
  return (NAMES[kind] ?? []).map(([name, parentName], index) => ({
    id: String(index + 1),
    name,
    parentName,
    number: null,
    email: null,
    active: true,
  }));
}
