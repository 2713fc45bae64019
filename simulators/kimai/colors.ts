/** The colours that can be chosen (`theme.color_choices`), as `/api/config/colors` tells them. Case counts. */
export const COLORS: Readonly<Record<string, string>> = {
  ...{
    Silver: '#c0c0c0',
    Gray: '#808080',
    Black: '#000000',
    Maroon: '#800000',
    Brown: '#a52a2a',
    Red: '#ff0000',
  },
  ...{
    Orange: '#ffa500',
    Gold: '#ffd700',
    Yellow: '#ffff00',
    Peach: '#ffdab9',
    Khaki: '#f0e68c',
    Olive: '#808000',
  },
  ...{
    Lime: '#00ff00',
    Jelly: '#9acd32',
    Green: '#008000',
    Teal: '#008080',
    Aqua: '#00ffff',
    LightBlue: '#add8e6',
  },
  ...{ DeepSky: '#00bfff', Dodger: '#1e90ff', Blue: '#0000ff', Navy: '#000080', Purple: '#800080' },
  ...{ Fuchsia: '#ff00ff', Violet: '#ee82ee', Rose: '#ffe4e1', Lavender: '#E6E6FA' },
};
