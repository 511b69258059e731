// What all charts have in common: colours for light and dark, axes, tooltips.

const dark = window.matchMedia('(prefers-color-scheme: dark)');

const RAMP = {
  light: ['#d6e4f7', '#a9c7ef', '#6c9fe0', '#2f6fc4', '#143f80'],
  dark: ['#20395a', '#215089', '#2f78c8', '#6eaef5', '#d3e7ff'],
};
const SERIES = {
  light: ['#2f6fc4', '#d9772b', '#3a8f5c', '#8456b8', '#2191a0', '#c94a56', '#8894a4'],
  dark: ['#6eaef5', '#f0a15e', '#6cc491', '#b892e6', '#5fc6d3', '#f07f8a', '#8f9bad'],
};

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
