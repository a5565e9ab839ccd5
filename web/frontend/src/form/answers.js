// The answers on a page as FEEL sees them: typed as the server types them (engine/forms), empty ones as form-js has them.

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const NUMBER = /^-?(?:\d+|\d{1,3}(?:[, ]\d{3})+)(?:\.\d+)?$/;
const TIME = /^(\d{1,2})(?:[:.]?(\d{2}))? ?(am|pm)?$/i;

/** The value in a piece that holds a field. */
export function answerIn(piece) {
  const { control, kind, subtype } = piece.dataset;
  const box = (part = '') => piece.querySelector(`[name="${control}${part}"]:not([type=hidden])`);
  const typed = (part = '') => box(part)?.value.trim() ?? '';
  const chosen = () => [...piece.querySelectorAll('input:checked')].map(valueOf);
  switch (kind) {
    case 'textfield':
      return typed().split(/\s+/).join(' ');
    case 'textarea':
      return typed();
    case 'number':
      return number(typed());
    case 'datetime':
      return moment(subtype, typed);
    case 'checkbox':
      return chosen().length > 0;
    case 'radio':
      return chosen()[0] ?? null;
    case 'select':
      return box()?.value ? valueOf(box().selectedOptions[0]) : null;
    case 'filepicker':
      return [...piece.querySelectorAll('[data-file]')].map((file) => JSON.parse(file.dataset.file));
    default:
      return chosen();
  }
}

function valueOf(option) {
  return option.dataset.value === undefined ? option.value : JSON.parse(option.dataset.value);
}

function number(text) {
  const plain = text.replace('\u2212', '-');
  return NUMBER.test(plain) ? Number(plain.replace(/[, ]/g, '')) : null;
}

function moment(subtype, typed) {
  const day = subtype === 'time' ? '' : date(typed('-day'), typed('-month'), typed('-year'));
  const time = subtype === 'date' ? '' : timeOfDay(typed('-time'));
  if (day === null || time === null) return null;
  return subtype === 'datetime' ? `${day}T${time}` : day + time;
}

function date(day, month, year) {
  const named = month.length > 2 ? MONTHS.findIndex((name) => name.startsWith(month.toLowerCase())) + 1 : 0;
  const iso = `${year}-${String(named || month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!/^\d{4}-\d\d-\d\d$/.test(iso)) return null;
  const real = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(iso) ? iso : null;
}

function timeOfDay(text) {
  const [, hours, minutes = '00', half] = TIME.exec(text) ?? [];
  if (!hours || (text.length < 3 && !half)) return null;
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hours);
  return hour < 24 && Number(minutes) < 60 ? `${String(hour).padStart(2, '0')}:${minutes}` : null;
}
