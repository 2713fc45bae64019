/** More records than this do not vanish at once: an empty list is then taken for a fault, and nothing for deleted. */
export const VANISH_AT_ONCE = 10;
