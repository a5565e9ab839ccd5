// QuickJS has no Intl. This is as much of it as Temporal needs for named zones: London (summer time by the rule in force
// since 1996) and UTC. Any other zone is refused, as a browser refuses a zone it does not know.
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const lastSundayAtOne = (year, month) => {
  const lastDay = Date.UTC(year, month + 1, 0, 1);
  return lastDay - new Date(lastDay).getUTCDay() * DAY;
};
const inSummer = instant => {
  const year = new Date(instant).getUTCFullYear();
  return instant >= lastSundayAtOne(year, 2) && instant < lastSundayAtOne(year, 9);
};
const UTC = { name: 'UTC', offset: () => 0 };
const LONDON = { name: 'Europe/London', offset: instant => (inSummer(instant) ? HOUR : 0) };
const ZONES = { utc: UTC, 'etc/utc': UTC, gmt: UTC, 'europe/london': LONDON };

class DateTimeFormat {
  constructor(locale, { timeZone = 'Europe/London' } = {}) {
    this.zone = ZONES[timeZone.toLowerCase()];
    if (!this.zone) throw new RangeError(`Invalid time zone specified: ${timeZone}`);
  }

  resolvedOptions() {
    return { locale: 'en-GB', timeZone: this.zone.name, numberingSystem: 'latn', calendar: 'gregory', hourCycle: 'h23' };
  }

  format(instant) {
    return new Date(+instant + this.zone.offset(+instant)).toISOString();
  }

  formatToParts(instant = Date.now()) {
    const local = new Date(+instant + this.zone.offset(+instant));
    const year = local.getUTCFullYear();
    const two = n => String(n).padStart(2, '0');
    const parts = {
      era: year > 0 ? 'AD' : 'BC',
      year: String(year > 0 ? year : 1 - year),
      month: two(local.getUTCMonth() + 1),
      day: two(local.getUTCDate()),
      hour: two(local.getUTCHours()),
      minute: two(local.getUTCMinutes()),
      second: two(local.getUTCSeconds()),
    };
    return Object.entries(parts).map(([type, value]) => ({ type, value }));
  }
}

globalThis.Intl ??= { DateTimeFormat };
