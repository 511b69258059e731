// The data, and how numbers and times are shown.

const data = JSON.parse(document.getElementById('data').textContent);

const NEW_YORK = 'America/New_York';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const price = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4 });
const timeOfDay = format({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const minuteOfDay = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const date = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });

function format(parts) {
  const formatter = new Intl.DateTimeFormat('en-GB', { timeZone: NEW_YORK, ...parts });
  return (ms) => formatter.format(new Date(ms));
}

function compact(value) {
  for (const [unit, suffix] of [[1e9, 'B'], [1e6, 'M'], [1e3, 'k']]) {
    if (value >= unit * 0.99995) {
      const scaled = value / unit;
      return (scaled >= 100 ? scaled.toFixed(0) : scaled.toFixed(1).replace('.0', '')) + suffix;
    }
  }
  return whole.format(value);
}

function counted(amount, thing) {
  return whole.format(amount) + ' ' + thing + (amount === 1 ? '' : 's');
}

function known(value, shown) {
  return value === null || value === undefined ? '–' : shown(value);
}

function age(from, to) {
  if (from === null || from === undefined) {
    return '–';
  }
  const seconds = Math.max(0, (to - from) / 1000);
  if (seconds < 120) {
    return seconds.toFixed(1) + ' s';
  }
  return seconds < 7200 ? Math.round(seconds / 60) + ' min' : (seconds / 3600).toFixed(1) + ' h';
}

function day(text) {
  const [year, month, dayOfMonth] = text.split('-').map(Number);
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' })
    .format(Date.UTC(year, month - 1, dayOfMonth));
}

function expiryOf(key) {
  const digits = key.slice(key.indexOf(':') + 1);
  return digits.slice(0, 4) + '-' + digits.slice(4, 6) + '-' + digits.slice(6);
}

/** O:SPXW251223P06870000 as SPXW 6870 P: after the root stand six digits, a letter and eight digits. */
function contractName(ticker) {
  return ticker.slice(2, -15) + ' ' + Number(ticker.slice(-8)) / 1000 + ' ' + ticker.slice(-9, -8);
}

function count(name) {
  return Number(data.totals[name] || 0);
}
