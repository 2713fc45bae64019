/** A cell as text, as a database would print it; null, and whatever is no plain value, is empty. */
export function cellText(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
}
