// Trades per second and bursts.

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
