(() => {
  'use strict';

  const data = JSON.parse(document.getElementById('data').textContent);
  const dark = window.matchMedia('(prefers-color-scheme: dark)');

  const NEW_YORK = 'America/New_York';
  const ROW_HEIGHT = 17;
  const STRIKES_NEAR = 17;
  /** Colours tell amounts apart down to this part of the largest. */
  const LEAST_PART = 1 / 1000;

  const RAMP = {
    light: ['#d6e4f7', '#a9c7ef', '#6c9fe0', '#2f6fc4', '#143f80'],
    dark: ['#20395a', '#215089', '#2f78c8', '#6eaef5', '#d3e7ff'],
  };
  const SERIES = {
    light: ['#2f6fc4', '#d9772b', '#3a8f5c', '#8456b8', '#2191a0', '#c94a56', '#8894a4'],
    dark: ['#6eaef5', '#f0a15e', '#6cc491', '#b892e6', '#5fc6d3', '#f07f8a', '#8f9bad'],
  };

  // ---- numbers and times

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

  // ---- elements

  function element(tag, text, className) {
    const made = document.createElement(tag);
    if (text !== undefined) {
      made.textContent = text;
    }
    if (className) {
      made.className = className;
    }
    return made;
  }

  function byId(id) {
    return document.getElementById(id);
  }

  /** columns: name, class, and what a row shows; a bar gives its length between 0 and 1, too. */
  function table(id, columns, rows) {
    const target = byId(id);
    if (!rows.length) {
      target.remove();
      return;
    }
    const head = target.createTHead().insertRow();
    for (const column of columns) {
      head.append(element('th', column.name, column.text ? 'text' : ''));
    }
    const body = target.createTBody();
    for (const row of rows) {
      const line = body.insertRow();
      for (const column of columns) {
        const cell = element('td', undefined, column.text ? 'text' : column.bar ? 'bar' : '');
        if (column.bar) {
          const bar = element('i');
          bar.style.width = (100 * column.bar(row)).toFixed(1) + '%';
          cell.append(bar);
        }
        cell.append(element('span', column.show(row)));
        line.append(cell);
      }
    }
  }

  function choice(options, selected, onChoice) {
    const group = element('div', undefined, 'choice');
    group.setAttribute('role', 'group');
    for (const [value, label] of options) {
      const button = element('button', label);
      button.type = 'button';
      button.setAttribute('aria-pressed', String(value === selected));
      button.addEventListener('click', () => {
        for (const other of group.children) {
          other.setAttribute('aria-pressed', String(other === button));
        }
        onChoice(value);
      });
      group.append(button);
    }
    return group;
  }

  // ---- charts

  const charts = new Map();

  function colours() {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue('--' + name).trim();
    return {
      text: read('text'), faint: read('faint'), line: read('line'), card: read('card'),
      accent: read('accent'), spot: read('spot'), empty: read('empty'),
      ramp: dark.matches ? RAMP.dark : RAMP.light,
      series: dark.matches ? SERIES.dark : SERIES.light,
    };
  }

  function draw(target, option) {
    let chart = charts.get(target);
    if (!chart) {
      chart = echarts.init(target, null, { renderer: 'canvas', useDirtyRect: false });
      charts.set(target, chart);
    }
    chart.setOption({ animation: false, useUTC: true, textStyle: { fontFamily: 'system-ui, sans-serif' }, ...option }, true);
  }

  function tooltip(colour, more) {
    return {
      confine: true, backgroundColor: colour.card, borderColor: colour.line,
      textStyle: { color: colour.text, fontSize: 12 }, ...more,
    };
  }

  function timeAxis(colour) {
    return {
      type: 'time', axisLine: { lineStyle: { color: colour.line } }, splitLine: { show: false },
      axisLabel: { color: colour.faint, hideOverlap: true, formatter: minuteOfDay },
    };
  }

  function valueAxis(colour) {
    return {
      type: 'value', minInterval: 1,
      axisLabel: { color: colour.faint, formatter: compact }, splitLine: { lineStyle: { color: colour.line } },
    };
  }

  function legend(colour) {
    return {
      type: 'scroll', top: 0, left: 0, icon: 'roundRect', itemWidth: 12, itemHeight: 8,
      textStyle: { color: colour.text }, pageTextStyle: { color: colour.faint },
      pageIconColor: colour.text, pageIconInactiveColor: colour.line,
    };
  }

  function seriesColour(colour, underlying) {
    const place = data.timeline.series.findIndex((series) => series.name === underlying);
    return colour.series[place < 0 || underlying === 'other' ? 6 : place];
  }

  function seriesNameOf(key) {
    const underlying = key.slice(0, key.indexOf(':'));
    return data.timeline.series.some((series) => series.name === underlying) ? underlying : 'other';
  }

  // ---- head

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

  // ---- heatmaps

  const volumes = new Map();
  for (const { underlying, totals } of data.snapshots) {
    volumes.set(underlying, (volumes.get(underlying) || 0) + totals.volume);
  }
  const underlyings = [...volumes.keys()].sort((a, b) => volumes.get(b) - volumes.get(a));
  const view = { underlying: underlyings[0], measure: 'volume', near: true };

  function heatmapControls() {
    const controls = byId('heatmap-controls');
    if (!underlyings.length) {
      byId('heatmaps-note').textContent = 'No snapshot stands in Redis: none of the configured'
        + ' underlyings had a trade or a chain.';
      return;
    }
    const set = (name) => (value) => {
      view[name] = value;
      heatmaps();
    };
    controls.append(
      choice(underlyings.map((name) => [name, name]), view.underlying, set('underlying')),
      choice([['volume', 'Volume'], ['premium', 'Premium']], view.measure, set('measure')),
      choice([[true, 'Near the money'], [false, 'All strikes']], view.near, set('near')));
    if (data.snapshotsLeftOut) {
      byId('heatmaps-note').textContent = whole.format(data.snapshotsLeftOut)
        + ' more snapshots stand in Redis; they are not shown.';
    }
  }

  /** Which row the ladder is centred on: at the money, else near spot, else where most was traded. */
  function centre(snapshot) {
    const goal = snapshot.atm ?? snapshot.spot?.value;
    const distance = goal !== undefined
      ? (row) => Math.abs(row.strike - goal)
      : (row) => -((row.call ? row.call.volume : 0) + (row.put ? row.put.volume : 0));
    let best = 0;
    snapshot.rows.forEach((row, i) => {
      if (distance(row) < distance(snapshot.rows[best])) {
        best = i;
      }
    });
    return best;
  }

  function visibleRows(snapshot) {
    if (!view.near) {
      return snapshot.rows;
    }
    const middle = centre(snapshot);
    const from = Math.max(0, Math.min(middle - STRIKES_NEAR, snapshot.rows.length - 2 * STRIKES_NEAR - 1));
    return snapshot.rows.slice(from, from + 2 * STRIKES_NEAR + 1);
  }

  function heatmaps() {
    const target = byId('heatmaps');
    for (const [element, chart] of charts) {
      if (target.contains(element)) {
        chart.dispose();
        charts.delete(element);
      }
    }
    target.replaceChildren();
    const shown = data.snapshots
      .filter((snapshot) => snapshot.underlying === view.underlying)
      .sort((a, b) => (a.dte_days < 0) - (b.dte_days < 0))
      .map((snapshot) => ({ snapshot, rows: visibleRows(snapshot) }));
    const most = Math.max(1, ...shown.flatMap(({ rows }) => rows.flatMap((row) =>
      [row.call, row.put].map((leg) => (leg ? Number(leg[view.measure]) : 0)))));
    scale(most);
    for (const { snapshot, rows } of shown) {
      target.append(panel(snapshot, rows));
    }
    for (const { snapshot, rows } of shown) {
      const chart = byId('heatmap-' + snapshot.expiry);
      if (rows.length) {
        heatmap(chart, snapshot, rows, most);
      }
    }
  }

  function leastOf(most) {
    return Math.max(1, most * LEAST_PART);
  }

  function scale(most) {
    const colour = colours();
    const bar = element('i');
    bar.style.background = 'linear-gradient(90deg,' + colour.ramp.join(',') + ')';
    const unit = view.measure === 'premium' ? '$' : '';
    byId('scale').replaceChildren(
      element('span', (leastOf(most) > 1 ? 'up to ' : '') + unit + compact(leastOf(most))), bar,
      element('span', unit + compact(most) + (unit ? '' : ' contracts') + ', logarithmic'),
      element('b'), element('span', 'spot'));
  }

  function panel(snapshot, rows) {
    const made = element('article', undefined, 'panel');
    const title = element('h3', day(snapshot.expiry) + ' ');
    const days = snapshot.dte_days;
    title.append(element('small', days < 0 ? 'expired' : days === 0 ? 'expires today' : counted(days, 'day')));
    const totals = snapshot.totals;
    const share = totals.volume ? Math.round(100 * totals.call_volume / totals.volume) : null;
    const chart = element('div');
    chart.id = 'heatmap-' + snapshot.expiry;
    chart.style.height = rows.length * ROW_HEIGHT + 26 + 'px';
    const strikes = rows.length < snapshot.rows.length
      ? rows.length + '/' + snapshot.rows.length + ' rows' : counted(rows.length, 'row');
    made.append(
      title,
      element('p', (snapshot.spot || snapshot.atm !== null
        ? 'spot ' + known(snapshot.spot, (spot) => price.format(spot.value)) + ' · '
          + (snapshot.atm === null ? 'in no chain' : 'ATM ' + price.format(snapshot.atm))
        : 'no spot, no ATM') + ' · ' + strikes),
      element('p', counted(totals.volume, 'contract')
        + (share === null ? '' : ', ' + share + ' % calls') + ' · $' + compact(Number(totals.premium))),
      chart);
    return made;
  }

  function rowLabels(rows) {
    return rows.map((row, i) => {
      const shared = [rows[i - 1], rows[i + 1]].some((other) => other && other.strike === row.strike);
      return row.strike + (shared ? ' ' + row.root : '');
    });
  }

  /** Where spot lies between the rows, or null outside of them. */
  function spotPosition(snapshot, rows) {
    if (!snapshot.spot) {
      return null;
    }
    const spot = Number(snapshot.spot.value);
    for (let i = 1; i < rows.length; i++) {
      const below = rows[i - 1].strike;
      const above = rows[i].strike;
      if (below <= spot && spot <= above && below < above) {
        return i - 1 + (spot - below) / (above - below);
      }
    }
    return null;
  }

  function heatmap(target, snapshot, rows, most) {
    const colour = colours();
    const labels = rowLabels(rows);
    const cells = [];
    rows.forEach((row, i) => {
      [row.call, row.put].forEach((leg, side) => {
        if (leg) {
          cells.push(cell(leg, side, i, most, colour.empty));
        }
      });
    });
    const spot = spotPosition(snapshot, rows);
    draw(target, {
      tooltip: tooltip(colour, { formatter: (item) => (item.data.leg ? legText(item.data.leg) : '') }),
      grid: { left: 82, right: 72, top: 22, bottom: 4 },
      xAxis: {
        type: 'category', data: ['Calls', 'Puts'], position: 'top',
        axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: colour.faint, margin: 6 },
      },
      yAxis: [{
        type: 'category', data: labels, axisTick: { show: false }, axisLine: { show: false },
        axisLabel: {
          interval: 0, fontSize: 11, margin: 6, color: colour.faint,
          formatter: (label, i) => (rows[i].strike === snapshot.atm ? '{atm|ATM ' + label + '}' : label),
          rich: { atm: { color: colour.text, fontWeight: 'bold', fontSize: 11 } },
        },
      }, { type: 'value', min: -0.5, max: rows.length - 0.5, show: false }],
      visualMap: {
        show: false, dimension: 2, seriesIndex: 0, min: 0, max: 1,
        inRange: { color: colour.ramp },
      },
      series: [{
        type: 'heatmap', data: cells, itemStyle: { borderColor: colour.card, borderWidth: 1, borderRadius: 3 },
        label: { show: true, fontSize: 10, formatter: (item) => (item.data.amount ? compact(item.data.amount) : '') },
        emphasis: { itemStyle: { borderColor: colour.text } },
      }, {
        type: 'line', data: [], yAxisIndex: 1, silent: true,
        markLine: spot === null ? undefined : {
          symbol: 'none', silent: true, animation: false,
          lineStyle: { color: colour.spot, type: 'dashed', width: 2 },
          label: {
            position: 'end', distance: 4, color: colour.spot, fontSize: 11, fontWeight: 'bold',
            formatter: price.format(snapshot.spot.value),
          },
          data: [{ yAxis: spot }],
        },
      }],
    });
  }

  function cell(leg, side, row, most, empty) {
    const amount = Number(leg[view.measure]);
    if (!amount) {
      return { value: [side, row, 0], leg, visualMap: false, itemStyle: { color: empty } };
    }
    const least = leastOf(most);
    const part = most > least ? Math.max(0, Math.log(amount / least) / Math.log(most / least)) : 1;
    const light = dark.matches ? part <= 0.62 : part > 0.52;
    const ink = light ? (dark.matches ? '#dfe9f6' : '#ffffff') : (dark.matches ? '#0b1220' : '#17202c');
    return { value: [side, row, part], amount, leg, label: { color: ink } };
  }

  function legText(leg) {
    const lines = [
      ['volume', whole.format(leg.volume) + ' in ' + whole.format(leg.trades) + ' trades'],
      ['last 60 s', whole.format(leg.volume_60s)],
      ['premium', '$' + whole.format(leg.premium)],
      ['last', leg.last === null ? '–'
        : price.format(leg.last) + ' × ' + whole.format(leg.last_size) + ', ' + timeOfDay(leg.last_ts_ms)],
      ['vwap', known(leg.vwap, price.format)],
      ['bid / ask', known(leg.bid, price.format) + ' / ' + known(leg.ask, price.format)],
      ['iv', known(leg.iv, (iv) => (100 * iv).toFixed(1) + ' %')],
      ['delta / gamma', known(leg.delta, (delta) => Number(delta).toFixed(3)) + ' / '
        + known(leg.gamma, (gamma) => Number(gamma).toFixed(5))],
      ['open interest', known(leg.open_interest, whole.format)],
    ];
    return '<b>' + echarts.format.encodeHTML(leg.contract) + '</b><br>'
      + lines.map(([name, value]) => name + ' <b>' + value + '</b>').join('<br>');
  }

  // ---- freshness

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

  // ---- trades per second

  function timeline() {
    const { start, stepSeconds, series } = data.timeline;
    if (!series.length) {
      byId('timeline')?.remove();
      byId('timeline-note').textContent = 'No window stands in Redis.';
      return;
    }
    const colour = colours();
    draw(byId('timeline'), {
      color: series.map(({ name }) => seriesColour(colour, name)),
      legend: legend(colour),
      tooltip: tooltip(colour, {
        trigger: 'axis', axisPointer: { type: 'line', lineStyle: { color: colour.faint } },
        formatter: (items) => timeOfDay(items[0].value[0]) + '<br>' + items
          .filter((item) => item.value[1] > 0)
          .map((item) => item.marker + echarts.format.encodeHTML(item.seriesName) + ' <b>' + item.value[1] + '</b>')
          .join('<br>'),
      }),
      grid: { left: 48, right: 14, top: 34, bottom: 28 },
      dataZoom: [{ type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false }],
      xAxis: timeAxis(colour),
      yAxis: valueAxis(colour),
      series: series.map(({ name, rates }) => ({
        type: 'line', name, stack: 'all', step: 'end', symbol: 'none', lineStyle: { width: 0 },
        areaStyle: { opacity: 1 }, emphasis: { disabled: true },
        data: rates.map((rate, i) => [start + i * stepSeconds * 1000, rate]),
      })),
    });
    const notes = ['On-time trades, New York time'];
    if (stepSeconds > 1) {
      notes.push('means over ' + stepSeconds + ' s');
    }
    if (data.expiriesRead < data.expiryCount) {
      notes.push('the ' + data.expiriesRead + ' busiest of ' + data.expiryCount + ' expiries');
    }
    byId('timeline-note').textContent = notes.join('; ') + '. Ctrl and wheel, or two fingers, zoom.';
  }

  // ---- bursts

  function bursts() {
    if (!data.bursts.length) {
      byId('bursts')?.parentElement.remove();
      byId('bursts-note').textContent = 'No contract traded twice within a millisecond.';
      return;
    }
    const colour = colours();
    const names = [...new Set(data.bursts.map((burst) => seriesNameOf(burst.key)))];
    draw(byId('bursts'), {
      legend: legend(colour),
      tooltip: tooltip(colour, {
        formatter: (item) => echarts.format.encodeHTML(item.data.key) + '<br>' + timeOfDay(item.value[0])
          + '<br><b>' + item.value[1] + '</b> trades in 1 ms',
      }),
      grid: { left: 48, right: 14, top: 34, bottom: 28 },
      xAxis: timeAxis(colour),
      yAxis: valueAxis(colour),
      series: names.map((name) => ({
        type: 'scatter', name, itemStyle: { color: seriesColour(colour, name), opacity: 0.75 },
        symbolSize: (value) => 4 + 2 * Math.sqrt(value[1]),
        data: data.bursts.filter((burst) => seriesNameOf(burst.key) === name)
          .map((burst) => ({ value: [burst.second, burst.trades], key: burst.key })),
      })),
    });
  }

  function burstList() {
    if (!data.bursts.length) {
      return;
    }
    const largest = data.bursts.slice(0, 10);
    table('burst-list', [
      { name: 'at', text: true, show: (burst) => timeOfDay(burst.second) },
      { name: 'expiry', text: true, show: (burst) => burst.key.split(':')[0] + ' ' + expiryOf(burst.key) },
      { name: 'trades in 1 ms', show: (burst) => whole.format(burst.trades), bar: (burst) => burst.trades / largest[0].trades },
    ], largest);
    byId('bursts-note').textContent = 'The largest group of one contract in one millisecond, of each'
      + ' second and expiry; the ' + whole.format(data.bursts.length) + ' largest.';
  }

  // ---- tables

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

  // ----

  function drawAll() {
    if (underlyings.length) {
      heatmaps();
    }
    timeline();
    bursts();
  }

  head();
  heatmapControls();
  freshness();
  burstList();
  active();
  expiries();
  drawAll();
  dark.addEventListener('change', drawAll);
  window.addEventListener('resize', () => charts.forEach((chart) => chart.resize()));
})();
