// Draws charts from the tables and addresses that the page already holds; without it the tables remain.
"use strict";

const FONT = getComputedStyle(document.documentElement).getPropertyValue("--sans");
const LOCALE = document.documentElement.lang;
const compact = new Intl.NumberFormat(LOCALE, { notation: "compact", maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 1 });

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function cells(figure) {
  return [...figure.querySelectorAll("tbody tr")].map((row) =>
    [...row.cells].map((cell) => (cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value))),
  );
}

function headings(figure) {
  return [...figure.querySelectorAll("thead th")].map((cell) => cell.textContent);
}

function frame(figure) {
  return {
    animation: false,
    textStyle: { fontFamily: FONT, color: colour("ink") },
    aria: { enabled: true, label: { description: figure.querySelector("figcaption").textContent.trim() } },
    tooltip: {
      renderMode: "richText",
      confine: true,
      backgroundColor: colour("surface"),
      borderColor: colour("line"),
      textStyle: { color: colour("ink"), fontFamily: FONT },
    },
  };
}

function axis(name) {
  return {
    type: "value",
    min: 0,
    max: 1,
    name,
    nameLocation: "middle",
    axisLabel: { formatter: (value) => percent.format(value), color: colour("ink-quiet") },
    nameTextStyle: { color: colour("ink-quiet") },
    splitLine: { lineStyle: { color: colour("line") } },
  };
}

function lorenz(figure) {
  const points = cells(figure).map(([people, held]) => [people, held]);
  const [people, held] = headings(figure);
  const even = { color: colour("ink-quiet"), type: "dashed" };
  return {
    ...frame(figure),
    grid: { left: 56, right: 18, top: 16, bottom: 48 },
    xAxis: { ...axis(people), nameGap: 28 },
    yAxis: { ...axis(held), nameGap: 42 },
    series: [
      { type: "line", data: [[0, 0], [1, 1]], symbol: "none", lineStyle: even, silent: true, tooltip: { show: false } },
      {
        type: "line",
        data: points,
        symbolSize: 5,
        lineStyle: { color: colour("accent"), width: 2.5 },
        itemStyle: { color: colour("accent") },
        areaStyle: { color: colour("bar"), opacity: 0.15 },
        tooltip: { formatter: ({ value }) => `${percent.format(value[0])} → ${percent.format(value[1])}` },
      },
    ],
  };
}

function flow(figure) {
  const rows = cells(figure);
  const origins = [...new Set(rows.map(([origin]) => origin))];
  const targets = [...new Set(rows.map(([, target]) => target))];
  const part = (index) => colour(`part-${(index % 7) + 1}`);
  const node = (side) => (name, index) => ({
    name: `${side}${name}`,
    itemStyle: { color: side === "o" ? part(index) : colour("ink-quiet") },
    label: { position: side === "o" ? "right" : "left" },
  });
  return {
    ...frame(figure),
    series: [
      {
        type: "sankey",
        left: 4,
        right: 4,
        top: 8,
        bottom: 8,
        nodeWidth: 10,
        nodeGap: 12,
        labelLayout: { hideOverlap: true },
        draggable: false,
        emphasis: { focus: "adjacency" },
        data: [...origins.map(node("o")), ...targets.map(node("t"))],
        links: rows.map(([origin, target, value]) => ({ source: `o${origin}`, target: `t${target}`, value })),
        lineStyle: { color: "source", opacity: 0.35 },
        label: { formatter: ({ name }) => name.slice(1), color: colour("ink"), fontFamily: FONT, fontSize: 12 },
        tooltip: { formatter: ({ data, value }) => `${data.source ? `${data.source.slice(1)} → ${data.target.slice(1)}` : data.name.slice(1)}  ${compact.format(value)}` },
      },
    ],
  };
}

/** What a rule costs, limit by limit: shares are told by the sign beside them. */
function frontier(figure) {
  const points = cells(figure).map(([limit, worth]) => [limit, worth]);
  const [limit, worth] = headings(figure);
  const isShare = figure.querySelector("tbody td").textContent.includes("%");
  const told = (value) => (isShare ? percent : compact).format(value);
  const line = (name, formatter) => ({
    ...axis(name),
    min: undefined,
    max: undefined,
    scale: true,
    axisLabel: { formatter, color: colour("ink-quiet"), hideOverlap: true },
  });
  return {
    ...frame(figure),
    grid: { left: 72, right: 24, top: 24, bottom: 48 },
    xAxis: { ...line(limit, told), nameGap: 28 },
    yAxis: { ...line(worth, (value) => compact.format(value)), nameGap: 56 },
    series: [
      {
        type: "line",
        data: points,
        symbolSize: 8,
        lineStyle: { color: colour("accent"), width: 2.5 },
        itemStyle: { color: colour("accent") },
        tooltip: { formatter: ({ value }) => `${told(value[0])} → ${compact.format(value[1])}` },
      },
    ],
  };
}

const STRETCH = 1 / Math.cos((36 * Math.PI) / 180);

/** The degrees that hold all points, and the box that keeps the country's proportions at 36° north. */
function fitted(box, points) {
  const [lngs, lats] = [points.map(([lng]) => lng), points.map(([, lat]) => lat)];
  const [west, east] = [Math.min(...lngs) - 1, Math.max(...lngs) + 1];
  const [south, north] = [Math.min(...lats) - 1, Math.max(...lats) + 1];
  const wide = (east - west) / STRETCH / (north - south);
  const width = Math.min(box.clientWidth, box.clientHeight * wide);
  const height = width / wide;
  const hidden = { type: "value", show: false };
  return {
    grid: { left: (box.clientWidth - width) / 2, top: (box.clientHeight - height) / 2, width, height },
    xAxis: { ...hidden, min: west, max: east },
    yAxis: { ...hidden, min: south, max: north },
  };
}

/** The boundaries that the operator supplies: one line, with gaps. */
function ground(lines) {
  const data = lines.flatMap((line) => [...line, [null, null]]);
  return { type: "line", data, symbol: "none", lineStyle: { color: colour("dot-division"), width: 0.8 }, silent: true, tooltip: { show: false }, z: 0 };
}

function map(figure, { divisions, producers, lines = [] }) {
  const [, reachedName, unseenName, exposureName] = figure.querySelector("[data-legend]").dataset.legend.split("|");
  const most = Math.max(1, ...producers.map(([, , exposure]) => exposure));
  const size = ([, , exposure]) => 3 + 15 * Math.sqrt(exposure / most);
  const told = ({ value }) => `${value[3]}\n${exposureName} ${compact.format(value[2])}`;
  const series = { type: "scatter", tooltip: { formatter: told } };
  const shown = (test) => producers.filter(([, , exposure]) => test(exposure)).sort((one, other) => other[2] - one[2]);
  const own = figure.dataset.lng ? [[Number(figure.dataset.lng), Number(figure.dataset.lat)]] : [];
  return {
    ...frame(figure),
    ...fitted(figure.querySelector(".canvas"), [...divisions, ...producers, ...lines.flat()]),
    series: [
      ground(lines),
      { type: "scatter", data: divisions, symbolSize: 2.6, itemStyle: { color: colour("dot-division") }, silent: true, large: true, tooltip: { show: false } },
      { ...series, name: unseenName, data: shown((exposure) => exposure <= 0), symbolSize: 5, itemStyle: { color: "transparent", borderColor: colour("dot-unseen"), borderWidth: 1.4 } },
      { ...series, name: reachedName, data: shown((exposure) => exposure > 0), symbolSize: size, itemStyle: { color: colour("bar"), opacity: 0.55, borderColor: colour("surface"), borderWidth: 0.6 } },
      { type: "scatter", data: own, symbol: "pin", symbolSize: 34, itemStyle: { color: colour("mark") }, silent: true, z: 5 },
    ],
  };
}

/** How much smaller signs are drawn on a small map. */
function shrunk(figure) {
  return Math.min(1, Math.max(0.5, figure.querySelector(".canvas").clientWidth / 700));
}

/** The large map: demand as rings, belts as diamonds, producers as dots, each layer with a box to tick. */
function atlas(figure, { divisions, producers, belts, demand, lines = [] }) {
  const [exposureName, supplyName, usedName] = figure.querySelector("[data-legend]").dataset.legend.split("|");
  const largest = (points) => Math.max(1, ...points.map(([, , figure]) => figure));
  const scale = shrunk(figure);
  const size = (points, least, most) => ([, , figure]) => least + (scale * most - least) * Math.sqrt(figure / largest(points));
  const told = ({ value }) => `${value[3]}\n${exposureName} ${compact.format(value[2])}`;
  const offered = ({ value }) =>
    `${value[3]}\n${supplyName} ${compact.format(value[2])}\n${usedName} ${compact.format(value[4])}`;
  const layer = (id, data, looks, formatter = told) => ({
    type: "scatter",
    data: figure.querySelector(`[data-layer="${id}"] input`).checked ? data : [],
    tooltip: { formatter },
    ...looks,
  });
  const ring = (hue, width) => ({ color: "transparent", borderColor: colour(hue), borderWidth: width });
  const [reached, unseen] = [producers.filter(([, , exposure]) => exposure > 0), producers.filter(([, , exposure]) => exposure <= 0)];
  return {
    ...frame(figure),
    ...fitted(figure.querySelector(".canvas"), [...divisions, ...producers, ...lines.flat()]),
    series: [
      ground(lines),
      { type: "scatter", data: divisions, symbolSize: 2.6, itemStyle: { color: colour("dot-division") }, silent: true, large: true, tooltip: { show: false } },
      layer("unseen", unseen, { symbolSize: 5, itemStyle: ring("dot-unseen", 1.4) }),
      layer("reached", reached, { symbolSize: size(producers, 3, 16), itemStyle: { color: colour("bar"), opacity: 0.55, borderColor: colour("surface"), borderWidth: 0.6 } }),
      layer("belts", belts, { symbol: "diamond", symbolSize: size(belts, 7, 18), itemStyle: { color: colour("part-4"), opacity: 0.85 } }),
      layer("demand", demand, { symbolSize: size(demand, 8, 44), itemStyle: ring("part-2", 2.2) }, offered),
    ],
  };
}

/** Put a box before the name of each layer. */
function boxes(figure, show) {
  figure.querySelectorAll("[data-layer]").forEach((name) => {
    const label = document.createElement("label");
    const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: true });
    label.dataset.layer = name.dataset.layer;
    label.append(box, ...name.childNodes);
    name.replaceWith(label);
    box.addEventListener("change", show);
  });
}

const KINDS = { lorenz, flow, frontier, map, atlas };

async function asked(address) {
  if (!address) return {};
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

async function loaded({ dataset }) {
  const [data, ground] = await Promise.all([asked(dataset.source), asked(dataset.boundaries)]);
  return { ...data, ...ground };
}

async function draw(figure) {
  const data = await loaded(figure);
  const box = figure.querySelector(".canvas");
  box.classList.add("drawn");
  const chart = echarts.init(box, null, { renderer: "canvas", locale: LOCALE.startsWith("zh") ? "ZH" : "EN" });
  const show = () => chart.setOption(KINDS[figure.dataset.chart](figure, data), true);
  boxes(figure, show);
  show();
  new ResizeObserver(() => {
    chart.resize();
    show();
  }).observe(box);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
}

document.querySelectorAll("[data-chart]").forEach(draw);
