/** Kimai's palette (`src/Utils/Color.php`). */
const PALETTE = [
  ...[
    '#AAAAAA',
    '#DDDDDD',
    '#a972c9',
    '#9C27B0',
    '#673AB7',
    '#041fd1',
    '#5319e7',
    '#3F51B5',
    '#0074D9',
    '#2196F3',
  ],
  ...[
    '#03A9F4',
    '#7FDBFF',
    '#39CCCC',
    '#00BCD4',
    '#006b75',
    '#009688',
    '#00bb32',
    '#4CAF50',
    '#3D9970',
    '#2ECC40',
  ],
  ...[
    '#01FF70',
    '#8BC34A',
    '#CDDC39',
    '#FFDC00',
    '#FFC107',
    '#FF851B',
    '#FF9800',
    '#FF5722',
    '#f41a00',
    '#E91E63',
  ],
  ...[
    '#85144b',
    '#b60205',
    '#FF4136',
    '#cc317c',
    '#F012BE',
    '#d82d80',
    '#B10DC9',
    '#e135f4',
    '#2d3748',
    '#4a5568',
  ],
  '#718096',
];

/** The colour that is never empty: the one set, or one picked by the name's bytes; bytes beyond ASCII do not count. */
export function safeColor(color: string | null, name: string): string {
  if (color !== null) return color;
  const sum = [...Buffer.from(name, 'utf8')].reduce((total, byte) => total + (byte < 128 ? byte : 0), 0);
  return PALETTE[sum % PALETTE.length] ?? '#AAAAAA';
}
