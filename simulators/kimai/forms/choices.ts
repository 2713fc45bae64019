import { COLORS } from '../colors.js';
import { isZone } from '../zones.js';
import type { Form } from './form.js';
import { refuseChoice, scalarText, textField } from './values.js';

/** A colour of the palette; null for none. Undefined when not sent or not on offer. */
export function colorField(form: Form, field: string): string | null | undefined {
  const color = textField(form, field);
  if (typeof color !== 'string' || Object.values(COLORS).includes(color)) return color;
  refuseChoice(form, field);
  return undefined;
}

/** A choice among known codes; what is not known is refused with the message of that kind of choice. */
export function codeField(
  form: Form,
  field: string,
  isKnown: (code: string) => boolean,
  message: string,
): string | null | undefined {
  if (!form.has(field)) return undefined;
  const code = scalarText(form.value(field));
  if (code === null || (code !== undefined && isKnown(code))) return code;
  form.unreadable(field, message);
  return undefined;
}

/** A country, two capital letters of ISO 3166. */
export function countryField(form: Form, field: string): string | null | undefined {
  return codeField(form, field, isCountry, 'Please select a valid country.');
}

/** A currency of ISO 4217. */
export function currencyField(form: Form, field: string): string | null | undefined {
  return codeField(form, field, isCurrency, 'Please select a valid currency.');
}

/** A time zone of the tz database. */
export function zoneField(form: Form, field: string): string | null | undefined {
  return codeField(form, field, isZone, 'Please select a valid timezone.');
}

/** One of the languages that Kimai speaks, with or without a region. */
export function languageField(form: Form, field: string): string | null | undefined {
  return codeField(form, field, isLanguage, 'The selected choice is invalid.');
}

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const currencies = new Intl.DisplayNames('en', { type: 'currency', fallback: 'none' });
/** Regions that are no countries. */
const NO_COUNTRIES = /^(AC|CP|CQ|DG|EA|EU|EZ|IC|QO|TA|UN|XA|XB|XK|ZZ)$/;
/** Codes for metals, funds and tests. */
const NO_CURRENCIES = /^X(AG|AU|BA|BB|BC|BD|PD|PT|SU|TS|UA|XX)$/;
const LANGUAGES = new Set([
  ...['ar', 'bg', 'ca', 'cs', 'da', 'de', 'el', 'en', 'eo', 'es', 'eu', 'fa', 'fi', 'fo', 'fr', 'he', 'hr'],
  ...['hu', 'id', 'it', 'ja', 'ko', 'nb_NO', 'nl', 'pa', 'pl', 'pt', 'pt_BR', 'ro', 'ru', 'sk', 'sl', 'sr'],
  ...['sv', 'ta', 'tr', 'uk', 'vi', 'zh_CN', 'zh_Hant', 'zh_Hant_TW'],
]);
/** Languages that Kimai offers per region. */
const REGIONAL = new Set([
  ...['cs', 'da', 'de', 'el', 'en', 'es', 'eu', 'fa', 'fi', 'fo', 'fr', 'he', 'hr', 'hu', 'it', 'ja', 'ko'],
  ...['nl', 'pl', 'pt', 'ro', 'ru', 'sk', 'sv', 'tr', 'uk', 'vi'],
]);

function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && !NO_COUNTRIES.test(code) && regions.of(code) !== undefined;
}

function isCurrency(code: string): boolean {
  return /^[A-Z]{3}$/.test(code) && !NO_CURRENCIES.test(code) && currencies.of(code) !== undefined;
}

function isLanguage(code: string): boolean {
  const [language = '', region] = code.split('_');
  if (LANGUAGES.has(code)) return true;
  return region !== undefined && REGIONAL.has(language) && isCountry(region);
}
