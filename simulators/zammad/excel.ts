import { crc32 } from 'node:zlib';

/** The media type under which Zammad sends its Excel files. */
export const EXCEL_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export type Cell = string | number;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OOXML = 'http://schemas.openxmlformats.org';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const xml = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');

function cell(value: Cell): string {
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${xml(value)}</t></is></c>`;
}

const row = (cells: readonly Cell[]): string => `<row>${cells.map(cell).join('')}</row>`;

function parts(rows: readonly (readonly Cell[])[]): readonly (readonly [name: string, content: string])[] {
  const relation = (kind: string, target: string): string =>
    `<Relationships xmlns="${OOXML}/package/2006/relationships"><Relationship Id="rId1" Type="${OOXML}/officeDocument/2006/relationships/${kind}" Target="${target}"/></Relationships>`;
  const main = `${OOXML}/spreadsheetml/2006/main`;
  const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return [
    [
      '[Content_Types].xml',
      `<Types xmlns="${OOXML}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${sheetType}.worksheet+xml"/></Types>`,
    ],
    ['_rels/.rels', relation('officeDocument', 'xl/workbook.xml')],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${OOXML}/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    ['xl/_rels/workbook.xml.rels', relation('worksheet', 'worksheets/sheet1.xml')],
    [
      'xl/worksheets/sheet1.xml',
      `<worksheet xmlns="${main}"><sheetData>${rows.map(row).join('')}</sheetData></worksheet>`,
    ],
  ];
}

/** The fields that a local header and the central directory share. */
function entryFields(content: Buffer, name: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0); // version needed
  fields.writeUInt16LE(0x0800, 2); // names are UTF-8
  fields.writeUInt16LE(0, 4); // stored, not compressed
  fields.writeUInt16LE(0x21, 8); // 1980-01-01: the same rows give the same bytes
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(content.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function u32(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) buffer.writeUInt32LE(value, at * 4);
  return buffer;
}

function u16(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries()) buffer.writeUInt16LE(value, at * 2);
  return buffer;
}

/** A ZIP archive of stored files. */
function zip(files: readonly (readonly [name: string, content: string])[]): Uint8Array {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [fileName, text] of files) {
    const [name, content] = [Buffer.from(fileName), Buffer.from(HEAD + text)];
    const fields = entryFields(content, name);
    const entry = Buffer.concat([u32(0x04034b50), fields, name, content]);
    central.push(u32(0x02014b50), u16(20), fields, u16(0, 0, 0), u32(0), u32(offset), name);
    local.push(entry);
    offset += entry.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.concat([
    u32(0x06054b50),
    u16(0, 0, files.length, files.length),
    u32(directory.length, offset),
    u16(0),
  ]);
  return Buffer.concat([...local, directory, end]);
}

/** An Excel file of one sheet: the title in its first row, then the header, then the rows. */
export function excelFile(
  title: string,
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
): Uint8Array {
  return zip(parts([[title], header, ...rows]));
}
