// A ladder of strikes for each expiry, calls beside puts.

const ROW_HEIGHT = 17;
const STRIKES_NEAR = 17;
/** Colours tell amounts apart down to this part of the largest. */
const LEAST_PART = 1 / 1000;

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
