// Key figures, freshness, contracts, expiries.

function head() {
  const { start, stepSeconds, series } = data.timeline;
  if (series.length) {
    const end = start + series[0].rates.length * stepSeconds * 1000;
    byId('period').textContent = date(start) + ', ' + timeOfDay(start) + ' to '
      + (date(end) === date(start) ? '' : date(end) + ', ') + timeOfDay(end)
      + ' New York time. Read from ' + data.redis + ' after the replay.';
  }
  const premium = data.expiries.reduce((sum, expiry) => sum + Number(expiry.day.premium || 0), 0);
  const figures = [
    ['trades', whole.format(count('trades'))],
    ['replayed/s', compact(count('trades') / data.seconds)],
    ['volume', compact(count('volume'))],
    [data.expiryCount > data.expiries.length ? 'premium, shown expiries' : 'premium', '$' + compact(premium)],
    ['streams', whole.format(count('streams'))],
    ['best second', whole.format(count('peak_rate_1s')) + ' trades'],
    ['bursts', whole.format(count('bursts'))],
    ['largest burst', whole.format(count('burst_max')) + ' trades'],
    ['duplicates', whole.format(count('duplicates'))],
    ['late', whole.format(count('late'))],
    ['cancels', whole.format(count('cancels'))],
    ['dead letters', whole.format(count('dead_letters'))],
    ['snapshots', whole.format(count('snapshots_published'))],
  ];
  for (const [name, value] of figures) {
    const figure = element('div');
    figure.append(element('dt', name), element('dd', value));
    byId('figures').append(figure);
  }
}

function freshness() {
  const end = count('last_ts');
  table('freshness', [
    { name: 'snapshot', text: true, show: (s) => s.underlying + ' ' + s.expiry },
    { name: 'age', show: (s) => age(s.as_of, end) },
    { name: 'trade', show: (s) => age(s.freshness.trade_ts_ms, end) },
    { name: 'spot', show: (s) => age(s.freshness.spot_ts_ms, end) },
    { name: 'chain', show: (s) => age(s.freshness.chain_ts_ms, end) },
    { name: 'rows', show: (s) => whole.format(s.rows.length) },
    { name: 'as of', show: (s) => timeOfDay(s.as_of) },
    { name: 'version', show: (s) => String(s.version) },
  ], data.snapshots);
  byId('freshness-note').textContent = data.snapshots.length
    ? 'Ages at the newest trade of the feed, ' + timeOfDay(end) + ' New York time. – is unknown.'
    : 'No snapshot stands in Redis.';
}

function active() {
  table('active', [
    { name: 'contract', text: true, show: (row) => contractName(row.contract) },
    { name: 'expiry', text: true, show: (row) => expiryOf(row.key) },
    { name: 'volume', show: (row) => whole.format(row.volume), bar: (row) => row.volume / data.active[0].volume },
    { name: 'ticker', text: true, show: (row) => row.contract },
  ], data.active);
  byId('active-note').textContent = data.active.length
    ? 'By volume of the last 60 completed seconds of each expiry.'
    : 'No configured underlying traded in the last 60 seconds.';
}

function expiries() {
  const number = (row, name) => Number(row.day[name] || 0);
  const most = Math.max(1, ...data.expiries.map((row) => row.entries));
  table('expiries', [
    { name: 'expiry', text: true, show: (row) => row.key.split(':')[0] + ' ' + expiryOf(row.key) },
    { name: 'trades', show: (row) => whole.format(row.entries), bar: (row) => row.entries / most },
    { name: 'volume', show: (row) => whole.format(number(row, 'volume')) },
    { name: 'calls', show: (row) => whole.format(number(row, 'call_volume')) },
    { name: 'puts', show: (row) => whole.format(number(row, 'put_volume')) },
    { name: 'P/C', show: (row) => (number(row, 'call_volume') ? (number(row, 'put_volume') / number(row, 'call_volume')).toFixed(2) : '–') },
    { name: 'premium', show: (row) => '$' + compact(number(row, 'premium')) },
    { name: 'peak/s', show: (row) => whole.format(number(row, 'peak_rate_1s')) },
    { name: 'bursts', show: (row) => whole.format(number(row, 'bursts')) },
    { name: 'largest', show: (row) => (number(row, 'burst_max') > 1 ? whole.format(number(row, 'burst_max')) : '–') },
    { name: 'last trade', show: (row) => known(row.day.last_ts, (at) => timeOfDay(Number(at))) },
  ], data.expiries);
  byId('expiries-note').textContent = (data.expiryCount > data.expiries.length
    ? 'The ' + data.expiries.length + ' busiest of ' + whole.format(data.expiryCount) + '. ' : '')
    + 'Trades are those in the stream, all else is of the newest trade date.';
}
