// Fills the page, and draws the charts anew when the scheme of colours or the size changes.

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
