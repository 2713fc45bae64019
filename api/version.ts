/** The release, as package.json names it (a test compares the two). */
export const VERSION = '0.1.0';
